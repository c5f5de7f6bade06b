"""Issuing: results, their check codes, and handing them over. Upstream: signing."""
