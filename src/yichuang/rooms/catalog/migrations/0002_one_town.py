"""The second wall around the catalogue of a town, and: what a published version says never changes."""

from django.db import migrations

from yichuang.ground import towns

PARTS = ("catalog_procedurestep", "catalog_material", "catalog_question", "catalog_field")

FIXED = """
create function catalog_part_is_fixed() returns trigger language plpgsql as $$
declare
    wanted bigint := case when tg_op = 'DELETE' then old.version_id else new.version_id end;
begin
    if exists (select from catalog_itemversion where id = wanted and status <> 'draft') then
        raise exception 'version % is no draft any more: make a new version', wanted;
    end if;
    return case when tg_op = 'DELETE' then old else new end;
end $$;

create function catalog_version_is_fixed() returns trigger language plpgsql as $$
begin
    if old.status in ('published', 'retired') and (
        to_jsonb(new) - 'status' - 'retired_at' <> to_jsonb(old) - 'status' - 'retired_at'
    ) then
        raise exception 'version % is published: make a new version', old.id;
    end if;
    return new;
end $$;

create trigger is_fixed before update on catalog_itemversion
    for each row execute function catalog_version_is_fixed();
""" + "".join(
    f"create trigger is_fixed before insert or update or delete on {table}"
    " for each row execute function catalog_part_is_fixed();\n"
    for table in PARTS
)

LOOSE = (
    "".join(f"drop trigger is_fixed on {table};\n" for table in PARTS)
    + "drop trigger is_fixed on catalog_itemversion; drop function catalog_version_is_fixed, catalog_part_is_fixed;"
)


class Migration(migrations.Migration):
    dependencies = [("catalog", "0001_initial")]
    operations = [
        migrations.RunSQL(FIXED, LOOSE),
        towns.guarded(
            "catalog_serviceitem",
            "catalog_itemversion",
            *PARTS,
            "catalog_lifeevent",
            "catalog_lifeeventitem",
        ),
    ]
