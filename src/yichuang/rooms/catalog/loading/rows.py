"""Items as the cells of their sheets: the inverse of the readers; and the import's own checks on one edited item."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.db.models import TextChoices

from ..rules import ItemSpec, MaterialSpec
from ..terms import (
    LISTING,
    Audience,
    Channel,
    FieldSource,
    Form,
    ItemKind,
    Mode,
    Need,
    ResultKind,
    Source,
    VillageStep,
)
from .headings import ITEM_SHEETS, NAMES
from .parts import ON_CONDITION
from .sheets import Fault, Row, Sheet
from .together import read_items

Cells = list[str]


def rows_of(items: Iterable[ItemSpec]) -> dict[str, list[Cells]]:
    """By file: the rows below the header, in the order of its columns."""
    rows: dict[str, list[Cells]] = {file: [] for file in ITEM_SHEETS}
    noted: dict[str, Cells] = {}
    for item in items:
        rows["items.csv"].append(_item(item))
        for place, material in enumerate(item.materials, start=1):
            rows["materials.csv"].append([item.code, str(place), *_material(material)])
        for question in item.questions:
            told = [question.question, _list(question.answers), _list(question.triggers)]
            rows["questions.csv"].append([item.code, question.key, *told])
        for place, field in enumerate(item.fields, start=1):
            told = [field.key, field.label, field.type, _list(field.options), _flag(field.required)]
            source = _word(FieldSource, field.source)
            rows["fields.csv"].append([item.code, str(place), *told, source])
            note = [field.hint, field.example, field.least, field.most]
            if any(note):
                noted.setdefault(field.key, [field.key, *note])
        for place, row in enumerate(item.prechecks, start=1):
            lists = [_list(row.answers), _list(row.cannot), _list(row.ask)]
            rows["prechecks.csv"].append([item.code, str(place), row.question, *lists, row.why, row.instead])
        for place, mistake in enumerate(item.mistakes, start=1):
            rows["mistakes.csv"].append([item.code, str(place), mistake])
        if item.name_en or item.summary_en:
            rows["english.csv"].append([item.code, item.name_en, item.summary_en])
        if item.listing:
            listed = dict(item.listing)
            rows["listing.csv"].append([item.code, *(listed.get(key, "") for key in LISTING)])
    rows["field_notes.csv"] = list(noted.values())
    return rows


def faults_of(spec: ItemSpec, others: Sequence[ItemSpec], *, offices: Sequence[str]) -> tuple[Fault, ...]:
    """What an import would refuse of this item beside the others. A fault's row is the part's own place, from 1."""
    faults: list[Fault] = []
    names = {item.code: item.short_name or item.code for item in others}
    sheets = {file: Sheet(file, columns, faults) for file, columns in ITEM_SHEETS.items()}
    own_from: dict[str, int] = {}
    for part, is_own in ((others, False), ((spec,), True)):
        for file, rows in rows_of(part).items():
            sheet = sheets[file]
            own_from[file] = len(sheet.rows)
            for cells in rows:
                named = dict(zip(sheet.columns, cells, strict=True))
                if is_own and file == "field_notes.csv":
                    _own_note(sheet, named)
                    continue
                place = len(sheet.rows) - own_from[file] + 1 if is_own else -1
                called = f"第 {place} 行" if is_own else f"“{names.get(cells[0], cells[0])}”里"
                sheet.rows.append(Row(sheet, place, named, called))
    read_items(sheets, offices)
    return tuple(sorted(fault for fault in faults if fault.row >= 0))


def _own_note(sheet: Sheet, named: dict[str, str]) -> None:
    """A note of a key that others have too must say the same as theirs; a note of its own key is a row."""
    theirs = next((row for row in sheet if row.cells["key"] == named["key"]), None)
    if theirs is None:
        sheet.rows.append(Row(sheet, 0, named))
        return
    for column, cell in named.items():
        if cell != theirs.cells[column]:
            label = {"hint": "提示", "example": "示例", "least": "最小", "most": "最大"}[column]
            sheet.faults.append(
                Fault(
                    "fields.csv",
                    0,
                    column,
                    f"“{named['key']}”这一栏别的事项也用，{label}那里写的是“{theirs.cells[column]}”，要写得一样",
                )
            )


def faults_together(items: Sequence[ItemSpec], *, offices: Sequence[str]) -> tuple[Fault, ...]:
    """What an import would refuse of these items, all together."""
    faults: list[Fault] = []
    sheets = {file: Sheet(file, columns, faults) for file, columns in ITEM_SHEETS.items()}
    for file, rows in rows_of(items).items():
        sheet = sheets[file]
        sheet.rows += [
            Row(sheet, place, dict(zip(sheet.columns, cells, strict=True)))
            for place, cells in enumerate(rows, start=2)
        ]
    read_items(sheets, offices)
    return tuple(sorted(faults))


def keep_what_is_not_said(sheets: Mapping[str, Sheet], named: Iterable[ItemSpec]) -> list[str]:
    """Sheets that lack get the rows which the town has for these items; the names of those sheets."""
    written, lacking = rows_of(named), []
    used = {row.cells["key"] for row in sheets["fields.csv"]}
    for file, sheet in sheets.items():
        if not sheet.is_lacking:
            continue
        lacking.append(f"“{NAMES[file]}”")
        rows = written[file]
        if file == "field_notes.csv":
            rows = [cells for cells in rows if cells[0] in used]
        sheet.rows = [
            Row(sheet, -1, dict(zip(sheet.columns, cells, strict=True)), "系统里") for cells in rows
        ]
    return lacking


def put_beside(sheets: Mapping[str, Sheet], staying: Iterable[ItemSpec]) -> None:
    """Put the town's other items before the rows of these sheets, so that everything is checked against them.

    Their own faults have the row -1: nobody who brings in a file can mend them there.
    """
    staying = list(staying)
    names = {item.code: item.short_name for item in staying}
    written = rows_of(staying)
    _agree_on_notes(sheets, written.pop("field_notes.csv"))
    for file, rows in written.items():
        sheet = sheets[file]
        sheet.rows[:0] = [
            Row(sheet, -1, dict(zip(sheet.columns, cells, strict=True)), f"“{names[cells[0]]}”里")
            for cells in rows
        ]


def _agree_on_notes(sheets: Mapping[str, Sheet], noted: Iterable[Cells]) -> None:
    """A field that other items have too keeps the note it has there."""
    notes, fields = sheets["field_notes.csv"], sheets["fields.csv"]
    own = {row.cells["key"]: row for row in notes}
    used = {row.cells["key"]: row for row in fields}
    for cells in noted:
        theirs = dict(zip(notes.columns, cells, strict=True))
        key = theirs["key"]
        if key in own:
            for column, cell in theirs.items():
                if own[key].cells[column] != cell:
                    own[key].fault(column, f"“{key}”这一栏镇上别的事项也用，那里写的是“{cell}”")
        elif key in used:
            used[key].fault("key", f"“{key}”这一栏镇上别的事项有填写说明，这里没有")


def _item(item: ItemSpec) -> Cells:
    past = item.baseline
    by_column: Mapping[str, str] = {
        "code": item.code,
        "name": item.name,
        "short_name": item.short_name,
        "office": item.office,
        "kind": _word(ItemKind, item.kind),
        "audience": _word(Audience, item.audience),
        "mode": _word(Mode, item.mode),
        "statutory_workdays": str(item.statutory_workdays),
        "promised_workdays": str(item.promised_workdays),
        "accept_workdays": str(item.accept_workdays),
        "visits": str(item.visits),
        "no_meeting": _flag(item.no_meeting),
        "channels": _list(_word(Channel, code) for code in item.channels),
        "village_step": _word(VillageStep, item.village_step),
        "route": ">".join("+".join(stage) for stage in item.route),
        "result": item.result,
        "result_kind": _word(ResultKind, item.result_kind),
        "result_validity": item.result_validity,
        "fee": item.fee,
        "condition": item.condition,
        "legal_basis": item.legal_basis,
        "life_events": _list(item.life_events),
        "aliases": _list(item.aliases),
        "verified": "yes" if item.verified else "no",
        "procedure": _list(f"{name} {days}" for name, days in item.procedure),
        "baseline": f"{past.visits}/{past.offices}/{past.materials}/{past.workdays}",
    }
    return [by_column[column] for column in ITEM_SHEETS["items.csv"]]


def _material(row: MaterialSpec) -> Cells:
    by_column: Mapping[str, str] = {
        "name": row.name,
        "person": row.person,
        "form": _word(Form, row.form),
        "copies": str(row.copies),
        "source": _word(Source, row.source),
        "required": ON_CONDITION if row.condition_key else _word(Need, row.need),
        "condition_key": row.condition_key,
        "condition_text": row.condition_text,
        "choice": row.choice,
        "accepts": _list(row.accepts),
        "notes": row.notes,
        "shared_by": row.shared_by,
    }
    return [by_column[column] for column in ITEM_SHEETS["materials.csv"][2:]]


def _word(words: type[TextChoices], code: str) -> str:
    """The Chinese word of a code; a code that is none stays, so that the reader names it."""
    return str(words(code).label) if code in words.values else code


def _list(parts: Iterable[str]) -> str:
    return ";".join(parts)


def _flag(flag: bool) -> str:
    return "1" if flag else "0"
