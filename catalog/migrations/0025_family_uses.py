"""Families say what they are best for."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0024_promises")]

    operations = [
        migrations.AddField(
            "family",
            "best_for",
            models.JSONField(
                default=list,
                db_default=models.Value([], models.JSONField()),
                blank=True,
                help_text='[{"title": "Agents", "body": "Markdown.", "rests_on": "tool_call"}]',
            ),
        ),
    ]
