"""Signing: route tasks that need a signature, bound to the digest of what was shown. Upstream: cases."""
