"""The catalogue: service items and their versions, materials, questions, fields, bundles, search. Upstream: people."""
