"""A ticket remembers the list it was taken with, so that the window asks nothing twice."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("hall", "0002_one_town")]
    operations = [
        migrations.AddField(
            model_name="ticket",
            name="list_code",
            field=models.CharField(blank=True, default="", max_length=12, verbose_name="清单号"),
        )
    ]
