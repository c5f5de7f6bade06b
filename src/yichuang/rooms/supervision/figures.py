"""Every figure of the hall: its one definition, the SQL of its records, and a quick reading.

`records` lists what is counted, from the tables in which the work is kept: kind, id, at, and whether it `counts` (of a
share: whether it is in the part). The recount counts these rows, so a figure and its list cannot differ. `quick` reads
what was told in the trail instead; a test and a button on the page show that both agree. Each statement takes town,
begin and end.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True)
class Definition:
    """What a figure is, in words and in SQL."""

    name: str
    label: str
    unit: str
    words: str
    kind: Literal["count", "share"]
    records: str
    quick: str  # part and whole
    beside: str = ""  # the figure that must always stand beside it

    @property
    def recount(self) -> str:
        """Part and whole, counted from the records."""
        return f"select count(*) filter (where counts), count(*) from ({self.records}\n) as record"  # noqa: S608


_ACCEPTED = Definition(
    name="accepted_cases",
    label="办件",
    unit="件",
    words="这段时间受理的办件。一件办件里有几个事项也算一件，按第一次受理的时间算；当场办结的也算，视为受理的算在收件那天。",
    kind="count",
    records="""
select 'case' as kind, case_id as id, min(accepted_at) as at, true as counts
from cases_caseitem
where town_id = %(town)s and accepted_at is not null
group by case_id
having min(accepted_at) >= %(begin)s and min(accepted_at) < %(end)s""",
    quick="""
with deemed as (
  select deemed.subject_id, submitted.at
  from ground_trail as deemed
  join ground_trail as submitted
    on submitted.town_id = %(town)s and submitted.subject_kind = 'cases.case'
   and submitted.subject_id = deemed.subject_id and submitted.kind = 'cases.submitted'
  where deemed.town_id = %(town)s and deemed.kind = 'cases.deemed_accepted' and deemed.at >= %(begin)s
)
select count(distinct told.subject_id), count(distinct told.subject_id)
from (
  select subject_id from ground_trail
  where town_id = %(town)s and kind in ('cases.accepted', 'cases.decided_on_the_spot')
    and at >= %(begin)s and at < %(end)s
  union
  select subject_id from deemed where at >= %(begin)s and at < %(end)s
) as told
where not exists (
    select 1 from ground_trail as earlier
    where earlier.town_id = %(town)s and earlier.subject_kind = 'cases.case'
      and earlier.subject_id = told.subject_id and earlier.at < %(begin)s
      and earlier.kind in ('cases.accepted', 'cases.decided_on_the_spot', 'cases.deemed_accepted')
  )
  and not exists (select 1 from deemed where deemed.subject_id = told.subject_id and deemed.at < %(begin)s)""",
)

_VISITORS = Definition(
    name="visitors",
    label="来访",
    unit="人次",
    words="这段时间来过大厅的人次。在大厅取的号，一个号算一次；用手机取的号，到窗口开始办了才算，没来的不算。",
    kind="count",
    records="""
select 'ticket' as kind, id, case when channel = 'phone' then started_at else taken_at end as at, true as counts
from hall_ticket
where town_id = %(town)s and (
  (channel <> 'phone' and taken_at >= %(begin)s and taken_at < %(end)s)
  or (channel = 'phone' and started_at >= %(begin)s and started_at < %(end)s)
)""",
    quick="""
select count(*), count(*) from ground_trail as told
where told.town_id = %(town)s and told.at >= %(begin)s and told.at < %(end)s and (
  (told.kind = 'hall.ticket_taken' and told.facts->>'channel' <> 'phone')
  or (told.kind = 'hall.serving_started' and exists (
    select 1 from ground_trail as taken
    where taken.town_id = %(town)s and taken.subject_kind = 'hall.ticket' and taken.subject_id = told.subject_id
      and taken.kind = 'hall.ticket_taken' and taken.facts->>'channel' = 'phone'
  ))
)""",
)

_SATISFACTION = Definition(
    name="satisfaction",
    label="满意度",
    unit="%",
    words="这段时间收到的评价里，非常满意、满意和基本满意占多少。没有评价的不算满意，也不算不满意；没有人评价就没有数。",
    kind="share",
    records="""
select 'rating' as kind, id, rated_at as at, grade >= 3 as counts
from feedback_rating
where town_id = %(town)s and rated_at >= %(begin)s and rated_at < %(end)s""",
    quick="""
select count(*) filter (where (facts->>'grade')::integer >= 3), count(*) from ground_trail
where town_id = %(town)s and kind = 'feedback.rated' and at >= %(begin)s and at < %(end)s""",
    beside="rated_share",
)

_RATED_SHARE = Definition(
    name="rated_share",
    label="主动评价率",
    unit="%",
    words="这段时间办完、可以评价的服务里，已经评价的占多少。窗口办完一个号算一次服务，一件办件有了第一个结果也算一次。",
    kind="share",
    records="""
select service.kind, service.id, service.at, rating.id is not null as counts
from (
  select 'ticket' as kind, id, finished_at as at from hall_ticket
  where town_id = %(town)s and finished_at >= %(begin)s and finished_at < %(end)s
  union all
  select 'case', case_id, min(least(closed_at, refused_at))
  from cases_caseitem
  where town_id = %(town)s and (closed_at is not null or refused_at is not null)
  group by case_id
  having min(least(closed_at, refused_at)) >= %(begin)s and min(least(closed_at, refused_at)) < %(end)s
) as service
left join feedback_rating as rating
  on rating.town_id = %(town)s and rating.subject_kind = service.kind and rating.subject_id = service.id""",
    quick="""
with ended as (
  select item.case_id, told.at
  from ground_trail as told
  join issuing_result as result on result.town_id = %(town)s and result.id = told.subject_id
  join cases_caseitem as item on item.town_id = %(town)s and item.id = result.item_id
  where told.town_id = %(town)s and told.kind = 'issuing.handed_over' and told.at < %(end)s
  union all
  select told.subject_id, told.at
  from ground_trail as told
  where told.town_id = %(town)s and told.subject_kind = 'cases.case' and told.facts->>'refused' = 'true'
    and told.kind in ('cases.opinion_given', 'cases.decided_on_the_spot', 'signing.returned')
    and told.at < %(end)s
),
service as (
  select 'ticket' as kind, subject_id as id from ground_trail
  where town_id = %(town)s and kind = 'hall.serving_finished' and at >= %(begin)s and at < %(end)s
  union all
  select 'case', case_id from ended group by case_id having min(at) >= %(begin)s
)
select count(rating.id), count(*)
from service
left join feedback_rating as rating
  on rating.town_id = %(town)s and rating.subject_kind = service.kind and rating.subject_id = service.id""",
)

DEFINITIONS = {each.name: each for each in (_ACCEPTED, _VISITORS, _SATISFACTION, _RATED_SHARE)}
