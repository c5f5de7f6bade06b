"""The second wall around the signatures of a town."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_initial")]
    operations = [towns.guarded("signing_signingtask")]
