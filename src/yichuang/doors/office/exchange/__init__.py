"""The catalogue in files: handed in, looked at, brought in; written out."""
