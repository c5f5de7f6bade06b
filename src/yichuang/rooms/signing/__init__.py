"""Signing: the route tasks of a village, bound to the digest of what was shown.

Verbs: open_task, sign, return_task. Upstream: cases.
"""
