"""Screens on the wall: the hall board, the big screen, and the streams that keep them fresh."""
