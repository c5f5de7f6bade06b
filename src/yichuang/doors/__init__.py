"""Where people and machines come in; no models."""
