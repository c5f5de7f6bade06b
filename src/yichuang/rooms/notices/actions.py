"""The verbs of notices."""

from __future__ import annotations

from datetime import date, datetime

from django.db import connection, transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.identity import clean_phone
from yichuang.ground.refusals import Refused
from yichuang.ground.trail import Event
from yichuang.rooms.cases.models import Case
from yichuang.rooms.people.models import Staff

from . import queries, rules
from .models import About, Channel, Message, Recipient, Target
from .states import MessageStatus
from .words import SIGNATURE, TEXTS


@transaction.atomic
def compose(*, event: Event, now: datetime) -> list[Message]:
    """写短信：这件事要告诉谁、说什么。Told once, however often it is asked; nobody without a mobile is written to.

    Making a message leaves no trace of its own: it follows from the event, and its sending is told.
    """
    if not rules.is_news(event.at, now) or (news := queries.news_of(event)) is None:
        return []
    sign = SIGNATURE.format(town=towns.current().name)
    text = sign + TEXTS[news.about].format(number=news.case.number, **news.facts)
    messages = [
        Message(
            event_id=event.id,
            recipient=recipient,
            case=news.case,
            about=news.about,
            phone=phone,
            text=text,
            next_try_at=now,
            composed_at=now,
        )
        for recipient, phone in _recipients(news.case)
    ]
    return Message.objects.bulk_create(messages, ignore_conflicts=True)


def _recipients(case: Case) -> list[tuple[str, str]]:
    """The applicant and, where somebody acts for them, that person; one phone rings once."""
    told: dict[str, str] = {}
    for recipient, written in (
        (Recipient.APPLICANT, str(case.applicant.phone)),
        (Recipient.PROXY, str(case.proxy_phone)),
    ):
        try:
            told.setdefault(clean_phone(written, mobile=True), recipient)
        except Refused:
            continue  # no phone, or a land line
    return [(recipient, phone) for phone, recipient in told.items()]


@transaction.atomic
def claim_next(*, now: datetime) -> Message | None:
    """拿一条到时间的来发。It stays ours for LEASE; if we die with it, it is tried again after that."""
    message = (
        Message.objects.select_for_update(skip_locked=True)
        .filter(status=MessageStatus.WAITING, next_try_at__lte=now)
        .order_by("next_try_at", "pk")
        .first()
    )
    if message:
        message.tries += 1
        message.next_try_at = now + rules.LEASE
        message.save(update_fields=["tries", "next_try_at"])
    return message


@transaction.atomic
def mark_sent(*, message: Message, now: datetime) -> None:
    """发出去了。"""
    message = Message.objects.select_for_update().get(pk=message.pk)
    message.move("mark_sent")
    message.sent_at, message.why = now, ""
    message.save()
    trail.record("notices.sent", message.case, by=None, at=now, **_facts(message))


@transaction.atomic
def mark_failed(*, message: Message, why: str, again: bool, now: datetime) -> None:
    """没发出去：过一会儿再试；试够了次数就停下，等人来看。

    A failed try changes only the row; giving up is told.
    """
    message = Message.objects.select_for_update().get(pk=message.pk)
    message.why = why[:120]
    later = rules.next_try_at(message.tries, now) if again else None
    if later:
        message.next_try_at = later
    else:
        message.move("mark_failed")
        trail.record("notices.failed", message.case, by=None, at=now, **_facts(message), tries=message.tries)
    message.save()


@transaction.atomic
def resend(*, message_id: int, by: Staff) -> Message:
    """再发一次。Refused: message_unknown, wrong_moment."""
    now = clock.now()
    message = Message.objects.select_for_update().filter(pk=message_id).first()
    if message is None:
        raise Refused("message_unknown")
    message.move("resend")
    message.tries, message.next_try_at = 0, now
    message.save()
    trail.record("notices.resent", message.case, by=by, at=now, **_facts(message))
    return message


_COUNT = """
insert into notices_scan (town_id, channel, target, code, day, times) values (%s, %s, %s, %s, %s, 1)
on conflict (town_id, channel, target, code, day) do update set times = notices_scan.times + 1
"""


@transaction.atomic
def count_scan(*, channel: Channel, target: Target, code: str, day: date) -> None:
    """数一次扫码：只记哪张纸、哪一天，不记谁。A counter and not an event: the trail would tell the moment."""
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [towns.current_id(), channel.value, target.value, code, day])


def _facts(message: Message) -> dict[str, object]:
    return {"message": message.pk, "about_name": About(message.about).label}
