"""Notices: messages composed from the trail and sent through a line. Upstream: every room it tells of."""
