"""An ItemSpec as rows: the columns of its version, and its parts in order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ..models import Field, ItemVersion, Material, Precheck, ProcedureStep, Question
from ..rules import ItemSpec

PARTS = (ProcedureStep, Material, Question, Field, Precheck)
_NO_COLUMNS = {"procedure", "materials", "questions", "fields", "prechecks"}
_ELSEWHERE = {"code", "office", "version_id", "version_number", "verified"}


def columns(spec: ItemSpec) -> dict[str, Any]:
    """The columns of a version; most are called as in its spec."""
    same = {name: value for name, value in vars(spec).items() if name not in _NO_COLUMNS | _ELSEWHERE}
    return same | {
        "baseline": asdict(spec.baseline),
        "listing": dict(spec.listing),
        "is_verified": spec.verified,
    }


def add_parts(specs: Sequence[ItemSpec], versions: Sequence[ItemVersion]) -> None:
    """Write the parts of these versions, which have none yet: one statement for each kind of part."""
    steps, materials, questions, fields, prechecks = [], [], [], [], []
    for spec, version in zip(specs, versions, strict=True):
        for place, (name, workdays) in enumerate(spec.procedure):
            steps.append(ProcedureStep(version=version, position=place, name=name, workdays=workdays))
        for place, material in enumerate(spec.materials):
            materials.append(Material(version=version, position=place, **vars(material)))
        for place, question in enumerate(spec.questions):
            questions.append(Question(version=version, position=place, **vars(question)))
        for place, field in enumerate(spec.fields):
            told = {name: value for name, value in vars(field).items() if name != "required"}
            fields.append(Field(version=version, position=place, is_required=field.required, **told))
        for place, row in enumerate(spec.prechecks):
            told = {name: value for name, value in vars(row).items() if name != "key"}
            prechecks.append(Precheck(version=version, position=place, **told))
    ProcedureStep.objects.bulk_create(steps)
    Material.objects.bulk_create(materials)
    Question.objects.bulk_create(questions)
    Field.objects.bulk_create(fields)
    Precheck.objects.bulk_create(prechecks)


def save_alike(versions: Sequence[ItemVersion], names: Sequence[str]) -> None:
    """Write these columns of versions that all moved alike: one statement, however many they are."""
    if not versions:
        return
    alike = {name: getattr(versions[0], name) for name in names}
    if any(getattr(version, name) != value for version in versions for name, value in alike.items()):
        raise ValueError(f"the versions differ in one of {', '.join(names)}")
    ItemVersion.objects.filter(pk__in=[version.pk for version in versions]).update(**alike)
