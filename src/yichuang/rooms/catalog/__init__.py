"""Catalogue: service items and their versions (四公开), questions, materials, form fields, bundles, search.

Verbs: propose, send_back, publish, retire, load. A published version never changes; it is only succeeded.
Upstream: people, ground.
"""
