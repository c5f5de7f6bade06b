"""The machine door: JSON for devices, partner systems, benchmarks and drills at /api/v1. Its own page is openapi.json."""
