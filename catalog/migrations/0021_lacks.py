"""Capabilities that a source denies; records gain what follows from others."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0020_announced_stage")]

    operations = [
        migrations.AddField(
            "variant",
            "lacks",
            models.JSONField(
                blank=True,
                db_default=models.Value([], models.JSONField()),
                default=list,
                help_text="What a source says it cannot do.",
            ),
        ),
    ]
