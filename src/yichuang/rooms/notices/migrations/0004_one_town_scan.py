"""The second wall around a town's counts."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("notices", "0003_scan")]
    operations = [towns.guarded("notices_scan")]
