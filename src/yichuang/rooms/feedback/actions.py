"""The verb of feedback."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.db import connection, transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Device

from . import queries, rules
from .models import Channel, Grade, Rating, ServiceKind


@dataclass(frozen=True)
class Said:
    """What a person says of a service."""

    grade: int
    reasons: list[str] = field(default_factory=list)  # codes
    words: str = ""


@transaction.atomic
def rate(*, invitation: str, said: Said, channel: str = Channel.LINK, by: Device | None = None) -> Rating:
    """评价：这次服务满意不满意。一次服务评一次，评了不改；谁评的不留名。

    Refused: invitation_unknown, service_not_over, rating_too_late, already_rated, grade_missing, reason_unknown,
    words_too_long.
    """
    now = clock.now()
    service = queries.service_of(invitation)
    _one_at_a_time(service)
    if service.ended_at is None:
        raise Refused("service_not_over")
    if not rules.is_still_open(service.ended_at, now):
        raise Refused("rating_too_late", days=rules.OPEN_FOR.days)
    if queries.rating_of(service):
        raise Refused("already_rated")
    _check(said)
    rating = Rating.objects.create(
        subject_kind=service.kind,
        subject_id=service.id,
        grade=said.grade,
        reasons=rules.fitting(said.grade, said.reasons),
        words=said.words.strip(),
        channel=channel,
        rated_at=now,
    )
    trail.record(
        "feedback.rated",
        rating,
        by=by,
        at=now,
        grade=rating.grade,
        grade_name=rating.grade_name,
        of=service.kind,
    )
    return rating


def _one_at_a_time(service: queries.Service) -> None:
    """Two presses at once: the second waits here and then finds the first one's rating."""
    kinds = list(ServiceKind)
    with connection.cursor() as database:
        database.execute(
            "select pg_advisory_xact_lock(hashtextextended(%s, 0))",
            [f"rating.{towns.current_id()}.{kinds.index(service.kind)}.{service.id}"],
        )


def _check(said: Said) -> None:
    if said.grade not in Grade.values:
        raise Refused("grade_missing", fields={"grade": "请从五个里面点一个"})
    if strange := [code for code in said.reasons if code not in rules.REASONS]:
        raise Refused("reason_unknown", reasons=strange, fields={"reasons": "请从列出的原因里选"})
    if len(said.words.strip()) > rules.MOST_WORDS:
        raise Refused(
            "words_too_long", most=rules.MOST_WORDS, fields={"words": f"最多{rules.MOST_WORDS}个字"}
        )
