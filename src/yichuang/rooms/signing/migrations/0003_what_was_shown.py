"""The facts of a paper are kept beside it, so that the signed copy says exactly what was shown."""

from django.db import migrations

import yichuang.ground.secrets


class Migration(migrations.Migration):
    dependencies = [("signing", "0002_one_town")]
    operations = [
        migrations.AddField(
            model_name="signingtask",
            name="content",
            field=yichuang.ground.secrets.EncryptedText(blank=True, default=""),
            preserve_default=False,
        )
    ]
