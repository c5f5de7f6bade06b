"""A town's folder as plain values: offices, villages, windows, hours, items, bundles, and every fault found."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import time
from decimal import Decimal
from pathlib import Path

from yichuang.rooms.people.actions import OfficeRow, VillageRow
from yichuang.rooms.people.models import OfficeKind

from ..rules import ItemSpec
from ..terms import LISTING
from . import checks
from .items import ITEM_COLUMNS, read_item
from .parts import (
    ENGLISH_COLUMNS,
    FIELD_COLUMNS,
    MATERIAL_COLUMNS,
    MISTAKE_COLUMNS,
    NOTE_COLUMNS,
    PRECHECK_COLUMNS,
    QUESTION_COLUMNS,
    FieldNote,
    read_field,
    read_material,
    read_note,
    read_precheck,
    read_question,
)
from .sheets import Fault, Row, Sheet, read_sheet

WEEKDAYS = ("周一", "周二", "周三", "周四", "周五", "周六", "周日")
PLACES = {
    "offices.csv": ("code", "name", "kind", "duty", "phone"),
    "villages.csv": ("code", "name", "population", "distance_km_to_hall", "households"),
    "windows.csv": ("number", "name", "main_duty_offices", "backup_offices", "floor_position"),
    "opening_hours.csv": ("weekday", "open", "close"),
    "bundles.csv": ("key", "name", "intro", "item_codes"),
}
ITEM_SHEETS = {
    "items.csv": ITEM_COLUMNS,
    "materials.csv": MATERIAL_COLUMNS,
    "questions.csv": QUESTION_COLUMNS,
    "fields.csv": FIELD_COLUMNS,
    "prechecks.csv": PRECHECK_COLUMNS,
    "mistakes.csv": MISTAKE_COLUMNS,
    "field_notes.csv": NOTE_COLUMNS,
    "english.csv": ENGLISH_COLUMNS,
    "listing.csv": ("code", *LISTING),
}
MAY_LACK = ("prechecks.csv", "mistakes.csv", "field_notes.csv", "english.csv", "listing.csv")
_BY_ITEM = ("materials.csv", "questions.csv", "fields.csv", "prechecks.csv", "mistakes.csv")


@dataclass(frozen=True)
class WindowRow:
    number: int
    name: str
    main_offices: tuple[str, ...]
    backup_offices: tuple[str, ...]
    floor_position: str


@dataclass(frozen=True)
class HourRow:
    weekday: int  # Monday is 0
    opens: time
    closes: time


@dataclass(frozen=True)
class BundleRow:
    key: str
    name: str
    intro: str
    codes: tuple[str, ...]


@dataclass(frozen=True)
class TownFolder:
    """What a folder says. With faults nothing of it may be loaded."""

    offices: tuple[OfficeRow, ...]
    villages: tuple[VillageRow, ...]
    windows: tuple[WindowRow, ...]
    hours: tuple[HourRow, ...]
    items: tuple[ItemSpec, ...]
    bundles: tuple[BundleRow, ...]
    faults: tuple[Fault, ...]


def read_folder(path: Path) -> TownFolder:
    """目录文件：read all files, check all rows, tell every fault at once."""
    faults: list[Fault] = []
    sheets = {file: read_sheet(path, file, columns, faults) for file, columns in PLACES.items()}
    offices = _offices(sheets["offices.csv"])
    codes = [office.code for office in offices]
    parts = {
        file: read_sheet(path, file, columns, faults, may_lack=file in MAY_LACK)
        for file, columns in ITEM_SHEETS.items()
    }
    items = read_items(parts, codes)
    return TownFolder(
        offices=offices,
        villages=_villages(sheets["villages.csv"]),
        windows=_windows(sheets["windows.csv"], codes),
        hours=_hours(sheets["opening_hours.csv"]),
        items=items,
        bundles=_bundles(sheets["bundles.csv"], {item.code for item in items}),
        faults=tuple(sorted(faults)),
    )


def read_items(sheets: Mapping[str, Sheet], offices: Sequence[str]) -> tuple[ItemSpec, ...]:
    """The items of these sheets, each checked by itself and against all others; faults go into the sheets."""
    items = sheets["items.csv"]
    checks.unique(items, "code", "这个编码")
    checks.unique(items, "name", "这个名称")
    codes = {row.cells["code"] for row in items}
    rows = {file: _by_item(sheets[file], codes, "item_code") for file in _BY_ITEM} | {
        file: _by_item(sheets[file], codes, "code") for file in ("english.csv", "listing.csv")
    }
    checks.materials(sheets["materials.csv"], rows["materials.csv"], rows["questions.csv"])
    checks.questions(sheets["questions.csv"], rows["questions.csv"], rows["materials.csv"])
    checks.fields(sheets["fields.csv"], rows["fields.csv"])
    checks.prechecks(sheets["prechecks.csv"], rows["prechecks.csv"])
    for file in ("english.csv", "listing.csv"):
        checks.unique(sheets[file], "code", "这个编码")
    notes = _notes(sheets["field_notes.csv"], {row.cells["key"] for row in sheets["fields.csv"]})
    specs = []
    for row in items:
        code = row.cells["code"]
        own = {file: by_code.get(code, ()) for file, by_code in rows.items()}
        bare = read_item(row, offices, materials=len(own["materials.csv"]))
        english = next(iter(own["english.csv"]), None)
        fields = [read_field(each) for each in own["fields.csv"]]
        specs.append(
            replace(
                bare,
                materials=tuple(read_material(each) for each in own["materials.csv"]),
                questions=tuple(read_question(each) for each in own["questions.csv"]),
                fields=tuple(
                    replace(field, **vars(notes[field.key])) if field.key in notes else field
                    for field in fields
                ),
                prechecks=tuple(read_precheck(each) for each in own["prechecks.csv"]),
                mistakes=tuple(each.text("mistake", most=120) for each in own["mistakes.csv"]),
                name_en=english.text("name", most=120) if english else "",
                summary_en=english.text("summary", most=500) if english else "",
                listing=tuple(
                    (key, each.text(key, most=2000, empty=True))
                    for each in own["listing.csv"]
                    for key in LISTING
                    if each.cells[key]
                ),
            )
        )
    return tuple(specs)


def _notes(sheet: Sheet, keys: set[str]) -> dict[str, FieldNote]:
    checks.unique(sheet, "key", "这个代号")
    notes = {}
    for row in sheet:
        if row.cells["key"] not in keys:
            row.fault("key", f"fields.csv 里没有“{row.cells['key']}”这一栏")
        notes[row.cells["key"]] = read_note(row)
    return notes


def _by_item(sheet: Sheet, codes: set[str], column: str) -> Mapping[str, list[Row]]:
    rows: dict[str, list[Row]] = defaultdict(list)
    for row in sheet:
        code = row.cells[column]
        if code not in codes:
            row.fault(column, f"items.csv 里没有事项“{code}”")
        rows[code].append(row)
    return rows


def _offices(sheet: Sheet) -> tuple[OfficeRow, ...]:
    checks.unique(sheet, "code", "这个代码")
    return tuple(
        OfficeRow(
            code=row.text("code", most=20),
            name=row.text("name", most=60),
            kind=row.word("kind", OfficeKind),
            duty=row.text("duty", most=300),
            phone=row.text("phone", most=40),
        )
        for row in sheet
    )


def _villages(sheet: Sheet) -> tuple[VillageRow, ...]:
    checks.unique(sheet, "code", "这个代码")
    checks.unique(sheet, "name", "这个村名")
    return tuple(
        VillageRow(
            code=row.text("code", most=20),
            name=row.text("name", most=60),
            population=row.whole("population", 0, 10_000_000),
            households=row.whole("households", 0, 10_000_000),
            distance_km=_distance(row),
        )
        for row in sheet
    )


def _distance(row: Row) -> Decimal:
    cell = row.cells["distance_km_to_hall"]
    if not re.fullmatch(r"[0-9]{1,3}(\.[0-9])?", cell):
        row.fault("distance_km_to_hall", f"要填公里数，最多一位小数，现在是“{cell}”")
        return Decimal(0)
    return Decimal(cell)


def _windows(sheet: Sheet, offices: Sequence[str]) -> tuple[WindowRow, ...]:
    checks.unique(sheet, "number", "这个窗口号")
    windows = []
    for row in sheet:
        main, backup = row.list("main_duty_offices"), row.list("backup_offices", empty=True)
        checks.known_offices(row, "main_duty_offices", main, offices)
        checks.known_offices(row, "backup_offices", backup, offices)
        number, name = row.whole("number", 1, 999), row.text("name", most=60)
        windows.append(WindowRow(number, name, main, backup, row.text("floor_position", most=100)))
    return tuple(windows)


def _hours(sheet: Sheet) -> tuple[HourRow, ...]:
    hours: list[HourRow] = []
    for row in sheet:
        day, opens, closes = row.cells["weekday"], _time(row, "open"), _time(row, "close")
        if day not in WEEKDAYS:
            row.fault("weekday", f"只能填{'、'.join(WEEKDAYS)}，现在是“{day}”")
            continue
        hour = HourRow(WEEKDAYS.index(day), opens, closes)
        if opens >= closes:
            row.fault("close", "关门时间要晚于开门时间")
        elif any(
            each.weekday == hour.weekday and each.opens < closes and opens < each.closes for each in hours
        ):
            row.fault("open", f"和{day}的另一段时间重叠")
        hours.append(hour)
    return tuple(hours)


def _time(row: Row, column: str) -> time:
    cell = row.cells[column]
    if not re.fullmatch(r"([01][0-9]|2[0-3]):[0-5][0-9]", cell):
        row.fault(column, f"时间要写成 08:30 这样，现在是“{cell}”")
        return time(0, 0)
    return time.fromisoformat(cell)


def _bundles(sheet: Sheet, codes: set[str]) -> tuple[BundleRow, ...]:
    checks.unique(sheet, "key", "这个代号")
    bundles = []
    for row in sheet:
        named = row.list("item_codes")
        if unknown := [code for code in named if code not in codes]:
            row.fault("item_codes", f"items.csv 里没有事项{'、'.join(unknown)}")
        if len(named) < 2:
            row.fault("item_codes", "一件事至少要有两个事项")
        key, name = row.key("key"), row.text("name", most=40)
        bundles.append(BundleRow(key, name, row.text("intro", most=200), named))
    return tuple(bundles)
