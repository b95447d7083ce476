"""Keeps with an import which rows it left out, and why."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0012_served_tallies")]
    operations = [
        migrations.AddField("importfile", "left_out", models.JSONField(blank=True, default=dict)),
    ]
