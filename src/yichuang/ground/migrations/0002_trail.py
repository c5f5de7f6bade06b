"""The trail: one append-only table in monthly parts, and the second wall around every town-owned table of ground."""

from django.db import migrations

from yichuang.ground import towns

TRAIL = """
create table ground_era (sole boolean primary key default true check (sole), era integer not null);
insert into ground_era (era) values (1);
create function ground_current_era() returns integer language sql stable as 'select era from ground_era';

create table ground_trail (
  id bigint generated always as identity,
  era integer not null default ground_current_era(),
  xid xid8 not null default pg_current_xact_id(),
  town_id bigint not null references ground_town,
  at timestamptz not null,
  kind text not null,
  subject_kind text not null,
  subject_id bigint not null,
  actor_kind text not null,
  actor_id bigint,
  facts jsonb not null,
  primary key (id, at)
) partition by range (at);
create table ground_trail_rest partition of ground_trail default;
create index trail_in_order on ground_trail (town_id, era, xid, id);
create index trail_of_a_subject on ground_trail (town_id, subject_kind, subject_id);
create index trail_by_kind on ground_trail (town_id, kind, at);
"""
BACK = "drop table ground_trail; drop function ground_current_era(); drop table ground_era;"


class Migration(migrations.Migration):
    dependencies = [("ground", "0001_initial")]
    operations = [
        migrations.RunSQL(TRAIL, BACK),
        towns.guarded(
            "ground_trail", "ground_seal", "ground_counter", "ground_once", "ground_readto", "ground_storedfile"
        ),
    ]
