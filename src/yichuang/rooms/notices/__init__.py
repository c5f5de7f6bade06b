"""Notices: messages to residents, composed from the trail and sent over a line, again and again until they arrive.

Publicity lives here too: publicity/ composes posters, broadcasts and articles from the published items, papers/ draws
them, and `Scan` counts whom they bring, without persons.

Verbs: compose, claim_next, mark_sent, mark_failed, resend, count_scan. Upstream: people, catalog, hall, cases, issuing,
feedback.
"""
