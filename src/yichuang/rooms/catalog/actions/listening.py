"""What residents typed and did not find: counted without persons, and made a colloquial word of an item."""

from __future__ import annotations

from dataclasses import replace

from django.db import connection, transaction

from yichuang.ground import clock, towns, trail
from yichuang.rooms.people.models import Staff

from .. import queries
from ..models import ItemVersion, ServiceItem, UnfoundQuery
from ..rules.unfound import kept_text
from .drafts import begin_draft, save_draft
from .versions import propose

MOST_OPEN = 2_000  # rows a town keeps; then the oldest that was typed once gives way

_COUNT = """
with full_up as (
    select count(*) >= %(most)s as yes from catalog_unfoundquery where town_id = %(town)s and status = 'open'
), known as (
    select exists (select from catalog_unfoundquery where town_id = %(town)s and text = %(text)s) as yes
), gone as (
    delete from catalog_unfoundquery where id = (
        select id from catalog_unfoundquery
         where town_id = %(town)s and status = 'open' and times = 1
           and (select yes from full_up) and not (select yes from known)
         order by last_on, id limit 1 for update skip locked
    ) returning id
)
insert into catalog_unfoundquery (town_id, text, times, first_on, last_on, status)
select %(town)s, %(text)s, 1, %(day)s, %(day)s, 'open'
 where (select yes from known) or not (select yes from full_up) or exists (select from gone)
on conflict (town_id, text) do update set times = catalog_unfoundquery.times + 1, last_on = excluded.last_on
"""


@transaction.atomic
def note_unfound(*, text: str) -> bool:
    """没查到：记下这个说法和次数，不记是谁。False when nothing of it may be kept."""
    kept = kept_text(text)
    if not kept:
        return False
    with connection.cursor() as cursor:
        cursor.execute(
            _COUNT,
            {
                "town": towns.current_id(),
                "text": kept,
                "day": clock.day_of(clock.now()),
                "most": MOST_OPEN,
            },
        )
    return True


@transaction.atomic
def settle_unfound(*, query: UnfoundQuery, item: ServiceItem, by: Staff) -> ItemVersion | None:
    """加进俗称：这个说法写进事项的新一版，请另一个人核对后发布。None when the item is called so already.

    Refused: wrong_moment, version_open (somebody's version of this item is not decided yet), not_your_office.
    """
    query, now = _locked(query), clock.now()
    query.move("settle")
    query.item, query.settled_by, query.settled_at = item, by, now
    query.save(update_fields=["status", "item", "settled_by", "settled_at"])
    trail.record("catalog.unfound_settled", query, by=by, at=now, code=item.code)
    newest = item.versions.order_by("-number").first()
    if newest is not None:
        spec = queries.spec(newest.pk)
        if query.text in (spec.name, spec.short_name, *spec.aliases):
            return None
    draft = begin_draft(item=item, reason=f"居民这样说，没有查到：{query.text}", by=by)
    spec = queries.spec(draft.pk)
    changed = replace(spec, aliases=(*spec.aliases, query.text))
    return propose(version=save_draft(version=draft, spec=changed, revision=draft.revision, by=by), by=by)


@transaction.atomic
def dismiss_unfound(*, query: UnfoundQuery, by: Staff) -> UnfoundQuery:
    """不用管：不是要办的事，以后再有人这样查也不再列出来。Refused: wrong_moment."""
    query, now = _locked(query), clock.now()
    query.move("dismiss")
    query.settled_by, query.settled_at = by, now
    query.save(update_fields=["status", "settled_by", "settled_at"])
    trail.record("catalog.unfound_dismissed", query, by=by, at=now)
    return query


def _locked(query: UnfoundQuery) -> UnfoundQuery:
    return UnfoundQuery.objects.select_for_update().get(pk=query.pk)
