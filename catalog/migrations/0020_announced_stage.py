"""The stage of each model that was last announced: null until somebody looks, so that no old day is told."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0019_end_of_life")]

    operations = [
        migrations.AddField(
            "variant",
            "announced_stage",
            models.CharField(max_length=10, null=True, blank=True, editable=False),
        ),
    ]
