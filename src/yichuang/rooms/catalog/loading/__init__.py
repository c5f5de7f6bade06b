"""A town's catalogue in files: read and checked as a whole, compared, brought in all or nothing, written out again."""

from .folder import BundleRow, HourRow, OfficeRow, TownFolder, VillageRow, WindowRow, read_folder
from .sheets import Fault
from .store import load
from .uploads import read_path, read_upload
from .workbook_writing import template, workbook
from .writing import csv_zip, write_folder

__all__ = [
    "BundleRow",
    "Fault",
    "HourRow",
    "OfficeRow",
    "TownFolder",
    "VillageRow",
    "WindowRow",
    "csv_zip",
    "load",
    "read_folder",
    "read_path",
    "read_upload",
    "template",
    "workbook",
    "write_folder",
]
