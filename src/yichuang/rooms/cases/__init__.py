"""Cases: what a resident brought, its items, documents, corrections, promises and route tasks. Upstream: hall."""
