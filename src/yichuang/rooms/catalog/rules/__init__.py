"""Pure decisions of the catalogue; the twin may import them. No database, no clock."""

from .completeness import Completeness, Lacking, completeness
from .differences import Difference, differences
from .lists import (
    Alternatives,
    Asked,
    Checklist,
    Needed,
    brought_by_resident,
    checklist,
    may_follow,
    missing,
)
from .order import Wait, in_order, longest_workdays, waits
from .prechecks import PreAsked, Reason, Verdict, precheck
from .rights import may_edit
from .savings import Savings, savings
from .spec import (
    Baseline,
    Document,
    FieldSpec,
    ItemSpec,
    MaterialSpec,
    PrecheckSpec,
    QuestionSpec,
)

__all__ = [
    "Alternatives",
    "Asked",
    "Baseline",
    "Checklist",
    "Completeness",
    "Difference",
    "Document",
    "FieldSpec",
    "ItemSpec",
    "Lacking",
    "MaterialSpec",
    "Needed",
    "PreAsked",
    "PrecheckSpec",
    "QuestionSpec",
    "Reason",
    "Savings",
    "Verdict",
    "Wait",
    "brought_by_resident",
    "checklist",
    "completeness",
    "differences",
    "in_order",
    "longest_workdays",
    "may_edit",
    "may_follow",
    "missing",
    "precheck",
    "savings",
    "waits",
]
