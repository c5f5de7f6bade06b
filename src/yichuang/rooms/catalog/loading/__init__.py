"""A town's catalogue in files: read and checked as a whole, compared, brought in all or nothing, written out again."""

from .bringing import BroughtIn, bring_in, publish_imported
from .folder import BundleRow, HourRow, OfficeRow, TownFolder, VillageRow, WindowRow, read_folder
from .plans import Change, Plan, plan
from .sheets import Fault
from .store import load
from .town import standing, town_catalogue
from .uploads import read_path, read_upload
from .writing import csv_zip, write_folder

__all__ = [
    "BroughtIn",
    "BundleRow",
    "Change",
    "Fault",
    "HourRow",
    "OfficeRow",
    "Plan",
    "TownFolder",
    "VillageRow",
    "WindowRow",
    "bring_in",
    "csv_zip",
    "load",
    "plan",
    "publish_imported",
    "read_folder",
    "read_path",
    "read_upload",
    "standing",
    "town_catalogue",
    "write_folder",
]
