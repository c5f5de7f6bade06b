"""Reading the catalogue. Published versions never change, so they are kept in memory, town by town."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Count, Max, Sum

from yichuang.ground import towns
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Office

from .models import (
    Field,
    ItemVersion,
    LifeEvent,
    Material,
    Precheck,
    ProcedureStep,
    Question,
    SavedList,
    ServiceItem,
    UnfoundQuery,
)
from .rules import Baseline, FieldSpec, ItemSpec, MaterialSpec, PrecheckSpec, QuestionSpec
from .search import WEAK, Hit, Index, Suggestion
from .search.events import event_index, ranked
from .states import OPEN, QueryStatus, VersionStatus
from .terms import LISTING


@dataclass(frozen=True)
class Bundle:
    """一件事 as a door shows it."""

    key: str
    name: str
    intro: str
    codes: tuple[str, ...]


@dataclass
class _Kept:
    """What is in memory for one town, and what it was read from."""

    token: object
    asked_at: float
    items: dict[str, ItemSpec]
    bundles: tuple[Bundle, ...]

    @cached_property
    def index(self) -> Index:
        return Index(self.items.values())

    @cached_property
    def events(self) -> Index:
        return event_index(self.bundles, self.items)


_kept: dict[int, _Kept] = {}
_specs: dict[tuple[int, int], ItemSpec] = {}


def published() -> dict[str, ItemSpec]:
    """The current town's published items by code, in their order. What another process publishes is seen within a second."""
    return _of_town().items


def by_codes(codes: Iterable[str]) -> list[ItemSpec]:
    """The published items with these codes, in this order. Refused: item_unknown."""
    items = published()
    wanted = list(dict.fromkeys(codes))
    if unknown := [code for code in wanted if code not in items]:
        raise Refused("item_unknown", codes=unknown)
    return [items[code] for code in wanted]


def spec(version_id: int) -> ItemSpec:
    """A version as it stands, also one that is no longer published: a case keeps the version it was opened with."""
    key = (towns.current_id(), version_id)
    if key not in _specs:
        version = ItemVersion.objects.select_related("item__office").get(pk=version_id)
        (read,) = _read([version])
        if version.status not in (VersionStatus.PUBLISHED, VersionStatus.RETIRED):
            return read  # a draft may still change
        _specs[key] = read
    return _specs[key]


def specs(versions: Iterable[ItemVersion]) -> list[ItemSpec]:
    """These versions (with `item__office`) as they stand, read at once."""
    return _read(versions)


def life_events() -> tuple[Bundle, ...]:
    """The town's 一件事 with the codes of their published items."""
    return _of_town().bundles


def search(text: str, limit: int = 10) -> list[Hit]:
    """Items for what a resident typed: name, short name, colloquial words, pinyin, initials, slips of the hand."""
    return _of_town().index.search(text, limit)


def suggest(text: str, limit: int = 6) -> list[Suggestion]:
    """Items for what is typed so far, each with the phrase of it that fits; one sign is enough."""
    return _of_town().index.suggest(text, limit)


def search_events(text: str, limit: int = 3) -> list[Bundle]:
    """The 一件事 that a query is about, the best first; often none."""
    kept = _of_town()
    found = {bundle.key: bundle for bundle in kept.bundles}
    keys = ranked(kept.bundles, kept.events.search(text, len(found)), kept.index.search(text, 3), limit)
    return [found[key] for key in keys]


def is_found(hits: Sequence[Hit]) -> bool:
    """Whether a search answered; hits that are all weak are guesses."""
    return any(hit.score >= WEAK for hit in hits)


def unfound(limit: int = 200) -> list[UnfoundQuery]:
    """What was typed and not found, the most frequent first."""
    rows = UnfoundQuery.objects.filter(status=QueryStatus.OPEN)
    return list(rows.order_by("-times", "-last_on", "pk")[:limit])


def saved_list(code: str) -> SavedList | None:
    """The list somebody saved under this code, however they typed it; a scanner types the list's whole address."""
    last = code.partition("?")[0].rstrip("/ ").rpartition("/")[2]
    plain = "".join(sign for sign in last.upper() if sign.isalnum())[:12]
    return SavedList.objects.filter(code=plain).first() if plain else None


def item(code: str) -> ServiceItem | None:
    """The item of this code, whether published or not."""
    return ServiceItem.objects.select_related("office").filter(code=code.upper()[:20]).first()


def versions(of: ServiceItem) -> list[ItemVersion]:
    """Every version of an item, newest first, with who wrote, proposed and published it."""
    rows = of.versions.select_related("made_by", "proposed_by", "published_by", "item__office")
    return list(rows.order_by("-number"))


def open_versions() -> list[ItemVersion]:
    """Drafts, proposals and what waits for its day, the oldest first."""
    rows = ItemVersion.objects.filter(status__in=OPEN)
    return list(
        rows.select_related("item__office", "made_by", "proposed_by", "published_by").order_by(
            "made_at", "pk"
        )
    )


def keys_of_others(code: str) -> frozenset[str]:
    """The keys that any version of another item gives its questions and fields."""
    used = [
        model.objects.exclude(version__item__code=code).values_list("key", flat=True).distinct()
        for model in (Question, Field)
    ]
    return frozenset(used[0]) | frozenset(used[1])


def office_codes() -> list[str]:
    """The codes of the town's offices."""
    return list(Office.objects.order_by("position", "pk").values_list("code", flat=True))


def forget() -> None:
    """Read everything anew at the next question (this process)."""
    _kept.clear()


def _of_town() -> _Kept:
    town = towns.current_id()
    kept = _kept.get(town)
    if kept is not None and time.monotonic() - kept.asked_at < 1:
        return kept
    token = _token()
    if kept is None or kept.token != token:
        items = _published()
        kept = _kept[town] = _Kept(token, time.monotonic(), items, _bundles(items))
    kept.asked_at = time.monotonic()
    return kept


def _token() -> object:
    """Changes whenever the set of published versions or of bundles does."""
    versions = ItemVersion.objects.filter(status=VersionStatus.PUBLISHED)
    return (
        versions.aggregate(count=Count("pk"), newest=Max("pk"), sum=Sum("pk")),
        LifeEvent.objects.aggregate(count=Count("pk"), newest=Max("pk")),
    )


def _published() -> dict[str, ItemSpec]:
    versions = ItemVersion.objects.filter(status=VersionStatus.PUBLISHED).select_related("item__office")
    read = _read(versions.order_by("item__position", "item__code"))
    town = towns.current_id()
    _specs.update({(town, item.version_id): item for item in read})
    return {item.code: item for item in read}


def _bundles(items: Collection[str]) -> tuple[Bundle, ...]:
    """With the items that are published: one that is not yet, or no longer, is not offered."""
    events = LifeEvent.objects.order_by("position", "pk").prefetch_related("entries__item")
    bundles = []
    for event in events:
        entries = sorted(event.entries.all(), key=lambda entry: entry.position)
        if codes := tuple(entry.item.code for entry in entries if entry.item.code in items):
            bundles.append(Bundle(event.key, event.name, event.intro, codes))
    return tuple(bundles)


def _read(versions: Iterable[ItemVersion]) -> list[ItemSpec]:
    """Versions with all their parts, in five queries however many there are."""
    versions = list(versions)
    parts: dict[type[Any], dict[int, list[Any]]] = {}
    for model in (ProcedureStep, Material, Question, Field, Precheck):
        parts[model] = defaultdict(list)
        for row in model.objects.filter(version__in=versions).order_by("version_id", "position"):
            parts[model][row.version_id].append(row)
    return [
        _spec(
            version,
            steps=parts[ProcedureStep][version.pk],
            materials=parts[Material][version.pk],
            questions=parts[Question][version.pk],
            fields=parts[Field][version.pk],
            prechecks=parts[Precheck][version.pk],
        )
        for version in versions
    ]


def _spec(
    version: ItemVersion,
    *,
    steps: Sequence[ProcedureStep],
    materials: Sequence[Material],
    questions: Sequence[Question],
    fields: Sequence[Field],
    prechecks: Sequence[Precheck],
) -> ItemSpec:
    return ItemSpec(
        version_id=version.pk,
        version_number=version.number,
        code=version.item.code,
        name=version.name,
        short_name=version.short_name,
        office=version.item.office.code,
        kind=version.kind,
        audience=version.audience,
        mode=version.mode,
        statutory_workdays=version.statutory_workdays,
        promised_workdays=version.promised_workdays,
        accept_workdays=version.accept_workdays,
        visits=version.visits,
        no_meeting=version.no_meeting,
        channels=tuple(version.channels),
        village_step=version.village_step,
        route=tuple(tuple(stage) for stage in version.route),
        result=version.result,
        result_kind=version.result_kind,
        result_validity=version.result_validity,
        fee=version.fee,
        condition=version.condition,
        legal_basis=version.legal_basis,
        life_events=tuple(version.life_events),
        aliases=tuple(version.aliases),
        procedure=tuple((step.name, step.workdays) for step in steps),
        baseline=Baseline(**version.baseline),
        materials=tuple(_material(row) for row in materials),
        questions=tuple(
            QuestionSpec(row.key, row.question, tuple(row.answers), tuple(row.triggers)) for row in questions
        ),
        fields=tuple(
            FieldSpec(
                row.key,
                row.label,
                row.type,
                tuple(row.options),
                row.is_required,
                row.source,
                row.hint,
                row.example,
                row.least,
                row.most,
            )
            for row in fields
        ),
        prechecks=tuple(
            PrecheckSpec(
                row.question, tuple(row.answers), tuple(row.cannot), tuple(row.ask), row.why, row.instead
            )
            for row in prechecks
        ),
        mistakes=tuple(version.mistakes),
        name_en=version.name_en,
        summary_en=version.summary_en,
        listing=tuple((key, version.listing[key]) for key in LISTING if version.listing.get(key)),
        verified=version.is_verified,
    )


def _material(row: Material) -> MaterialSpec:
    return MaterialSpec(
        name=row.name,
        person=row.person,
        form=row.form,
        copies=row.copies,
        source=row.source,
        need=row.need,
        condition_key=row.condition_key,
        condition_text=row.condition_text,
        choice=row.choice,
        accepts=tuple(row.accepts),
        notes=row.notes,
        shared_by=row.shared_by,
    )
