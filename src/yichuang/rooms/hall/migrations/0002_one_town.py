"""The second wall around the hall of a town."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("hall", "0001_initial")]
    operations = [towns.guarded("hall_queue", "hall_window", "hall_openinghour", "hall_ticket")]
