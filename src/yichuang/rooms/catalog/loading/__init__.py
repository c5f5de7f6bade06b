"""Bringing in a town's catalogue from a folder of CSV files: read and check everything first, then all or nothing."""

from .folder import BundleRow, HourRow, OfficeRow, TownFolder, VillageRow, WindowRow, read_folder
from .sheets import Fault
from .store import load

__all__ = [
    "BundleRow",
    "Fault",
    "HourRow",
    "OfficeRow",
    "TownFolder",
    "VillageRow",
    "WindowRow",
    "load",
    "read_folder",
]
