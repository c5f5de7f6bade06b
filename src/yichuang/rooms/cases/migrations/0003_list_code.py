"""A case remembers the list whose answers it began with."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("cases", "0002_one_town")]
    operations = [
        migrations.AddField(
            model_name="case",
            name="list_code",
            field=models.CharField(blank=True, default="", max_length=12, verbose_name="清单号"),
        )
    ]
