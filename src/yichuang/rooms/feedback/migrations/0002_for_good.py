"""The second wall around ratings, and the promise that none is ever edited or removed."""

from django.db import migrations

from yichuang.ground import towns

FOR_GOOD = """
create function feedback_rating_stays() returns trigger language plpgsql as $$
begin
  raise exception 'a rating is never edited or removed';
end
$$;
create trigger a_rating_stays before update or delete on feedback_rating
for each row execute function feedback_rating_stays();
"""
BACK = "drop trigger a_rating_stays on feedback_rating; drop function feedback_rating_stays();"


class Migration(migrations.Migration):
    dependencies = [("feedback", "0001_initial")]
    operations = [towns.guarded("feedback_rating"), migrations.RunSQL(FOR_GOOD, BACK)]
