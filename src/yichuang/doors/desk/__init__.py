"""The desk: the clerk's one screen, the reviewer's tray, and the village head's signature on a phone."""
