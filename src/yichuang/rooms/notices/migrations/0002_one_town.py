"""The second wall around a town's messages."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("notices", "0001_initial")]
    operations = [towns.guarded("notices_message")]
