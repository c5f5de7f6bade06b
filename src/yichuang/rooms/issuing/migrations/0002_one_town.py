"""The second wall around the results of a town."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("issuing", "0001_initial")]
    operations = [towns.guarded("issuing_result")]
