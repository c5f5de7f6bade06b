"""Pictures of every page: a hall with people in it, and the camera."""
