"""Supervision: the figures of the hall, each with one definition, recounted from records, opened down to its records.

No verbs yet: it only reads. Upstream: every other room.
"""
