"""Feedback: what people say about a service they had. Verb: rate. Upstream: people, hall, cases.

An invitation is no row: it is a token derived from the service itself, so one service can be rated once, and only by
somebody who was given its token. A rating is never changed and never removed; silence never counts as good.
"""
