"""The one command and its verbs."""
