"""Notices: messages to residents, composed from the trail and sent over a line, again and again until they arrive.

Verbs: compose, claim_next, mark_sent, mark_failed, resend. Upstream: people, catalog, cases, issuing, feedback.
"""
