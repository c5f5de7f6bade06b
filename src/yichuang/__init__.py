"""一窗：全镇一个窗口。One window for a whole town."""

__version__ = "0.1.0"
