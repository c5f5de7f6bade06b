"""The items of a folder, each checked by itself and against all others."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace

from ..rules import ItemSpec
from ..terms import LISTING
from . import checks
from .items import read_item
from .parts import FieldNote, read_field, read_material, read_note, read_precheck, read_question
from .sheets import Row, Sheet

_BY_ITEM = ("materials.csv", "questions.csv", "fields.csv", "prechecks.csv", "mistakes.csv")


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
