"""Supervision: the town's figures, each with one definition and its records. Upstream: every room it counts."""
