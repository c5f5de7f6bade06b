"""The demo: the files of two towns, and the invented people who work there."""
