"""Where work is done and records are kept; knows no HTTP."""
