"""What every door shares: the gate, the place, sign-in, pages, parts and tags."""
