"""What residents leave without saying who they are: a saved list, whether a guide was understood; and what an office
notes of the law it checked."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from django.db import connection, transaction

from yichuang.ground import clock, towns, trail
from yichuang.ground.refusals import Refused
from yichuang.rooms.people.models import Staff

from .. import queries
from ..models import BasisCheck, SavedList, ServiceItem
from ..rules import checklist, may_edit, precheck
from ..states import VersionStatus
from ..terms import Stuck

SIGNS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none is mistaken for another when read from paper
LENGTH = 8  # 30^8: nobody finds a list by trying
KEPT_DAYS = 90
MOST_ITEMS = 20
IN_FORCE = (VersionStatus.PUBLISHED, VersionStatus.RETIRED)


@transaction.atomic
def save_list(*, codes: Sequence[str], answers: Mapping[str, str]) -> SavedList:
    """存下清单：under a code to be typed at the kiosk; only answers that a question offers are kept, and no person."""
    items = queries.by_codes(codes[:MOST_ITEMS])
    if not items:
        raise Refused("no_items_chosen")
    listed, verdict = checklist(items, answers), precheck(items, answers)
    kept = {key: asked.answer for asked in listed.questions if asked.answer for key in asked.keys}
    kept |= {asked.key: asked.answer for asked in verdict.asked if asked.answer}
    code = "".join(secrets.choice(SIGNS) for _ in range(LENGTH))
    return SavedList.objects.create(
        code=code, items=[item.code for item in items], answers=kept, made_at=clock.now()
    )


@transaction.atomic
def answer_guide(*, code: str, understood: bool, stuck: str = "") -> None:
    """看懂了吗：counted for the version that is shown today. Refused: item_unknown, stuck_unknown."""
    (item,) = queries.by_codes([code])
    if stuck and stuck not in Stuck.values:
        raise Refused("stuck_unknown")
    if understood:
        stuck = ""
    with connection.cursor() as cursor:
        cursor.execute(
            """
            insert into catalog_guideanswer (town_id, item_id, version_number, day, understood, stuck, times)
            select %(town)s, id, %(version)s, %(day)s, %(understood)s, %(stuck)s, 1
              from catalog_serviceitem where town_id = %(town)s and code = %(code)s
            on conflict (town_id, item_id, version_number, day, understood, stuck)
            do update set times = catalog_guideanswer.times + 1
            """,
            {
                "town": towns.current_id(),
                "version": item.version_number,
                "day": clock.day_of(clock.now()),
                "understood": understood,
                "stuck": stuck,
                "code": item.code,
            },
        )


@transaction.atomic
def check_basis(*, item: ServiceItem, words: str, next_on: date, by: Staff) -> BasisCheck:
    """核对依据：held against the text of the law today. Refused: not_your_office, never_published,
    words_missing, next_check_date."""
    now = clock.now()
    today = clock.day_of(now)
    if not may_edit(by.office.code if by.office else "", item.office.code):
        raise Refused("not_your_office", office=item.office.name)
    if not item.versions.filter(status__in=IN_FORCE).exists():
        raise Refused("never_published", item=item.code)
    words = words.strip()
    if not words:
        raise Refused("words_missing", fields={"words": "请写核对的结论，例如：与现行条文一致"})
    if len(words) > 200:
        raise Refused("text_too_long", most=200, fields={"words": "最多 200 个字"})
    if not today < next_on <= today + timedelta(days=3 * 366):
        raise Refused("next_check_date", fields={"next_on": "要晚于今天，最多三年以后"})
    made = BasisCheck.objects.create(item=item, checked_on=today, by=by, words=words, next_on=next_on)
    trail.record("catalog.basis_checked", made, by=by, at=now, code=item.code)
    return made
