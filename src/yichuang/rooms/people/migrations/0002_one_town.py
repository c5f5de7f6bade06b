"""The second wall around the people of a town."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [
        towns.guarded(
            "people_office", "people_village", "people_staff", "people_duty", "people_resident", "people_device"
        )
    ]
