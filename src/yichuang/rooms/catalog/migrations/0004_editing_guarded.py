"""The second wall around the new tables; and what stands before a second person's eyes never changes under them."""

from django.db import migrations

from yichuang.ground import towns

FIXED = """
create or replace function catalog_version_is_fixed() returns trigger language plpgsql as $$
declare
    may_change text[] := case
        when old.status in ('published', 'retired') then array['status', 'retired_at']
        else array['status', 'retired_at', 'proposed_by_id', 'proposed_at', 'published_by_id', 'published_at',
                   'effective_on'] end;
begin
    if old.status <> 'draft' and to_jsonb(new) - may_change <> to_jsonb(old) - may_change then
        raise exception 'version % is no draft any more: make a new version', old.id;
    end if;
    return new;
end $$;

create trigger is_fixed before insert or update or delete on catalog_precheck
    for each row execute function catalog_part_is_fixed();
"""

LOOSE = """
drop trigger is_fixed on catalog_precheck;
create or replace function catalog_version_is_fixed() returns trigger language plpgsql as $$
begin
    if old.status in ('published', 'retired') and (
        to_jsonb(new) - 'status' - 'retired_at' <> to_jsonb(old) - 'status' - 'retired_at'
    ) then
        raise exception 'version % is published: make a new version', old.id;
    end if;
    return new;
end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("catalog", "0003_editing")]
    operations = [
        migrations.RunSQL(FIXED, LOOSE),
        towns.guarded(
            "catalog_precheck",
            "catalog_basischeck",
            "catalog_unfoundquery",
            "catalog_guideanswer",
            "catalog_savedlist",
        ),
    ]
