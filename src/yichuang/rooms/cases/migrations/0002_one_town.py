"""The second wall around the cases of a town."""

from django.db import migrations

from yichuang.ground import towns


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]
    operations = [
        towns.guarded("cases_case", "cases_caseitem", "cases_correction", "cases_document", "cases_routetask")
    ]
