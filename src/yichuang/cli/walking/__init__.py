"""The walk: one whole matter over HTTP, from the ticket to the rating, as people and machines would do it."""
