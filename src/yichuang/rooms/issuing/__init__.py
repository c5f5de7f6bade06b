"""Issuing: results, their check codes, and handing them over.

Verbs: issue, hand_over. Upstream: signing, cases.
"""
