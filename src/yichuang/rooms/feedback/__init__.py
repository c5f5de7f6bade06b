"""Feedback: invitations to rate and ratings. Upstream: issuing."""
