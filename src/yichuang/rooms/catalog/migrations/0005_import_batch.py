"""The versions of one import are published together, so they bear its name."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_editing_guarded")]
    operations = [
        migrations.AddField(
            "itemversion",
            "batch",
            models.CharField("导入批次", max_length=20, blank=True, default=""),
            preserve_default=False,
        ),
    ]
