"""Gives each change its exact kind, and marks what was added: until now only its summary said so."""

from django.db import migrations, models
from django.db.models import F, Q, Value
from django.db.models.functions import Concat

ENDINGS = (" added", " added to the catalog")
KINDS = [
    ("price", "Price"),
    ("lifecycle", "Lifecycle"),
    ("status", "Status"),
    ("catalog", "Catalog"),
    ("added", "Added"),
]


def mark_added(apps, schema_editor):
    """Mark the events of new models, families and providers."""
    events = apps.get_model("catalog", "ChangeEvent").objects.using(schema_editor.connection.alias)
    says_so = Q()
    for ending in ENDINGS:
        says_so |= Q(summary=Concat(F("subject"), Value(ending)))
        # A family or provider is called by its name there, and known by its slug.
        says_so |= Q(variant__isnull=True, summary__endswith=ending)
    events.filter(says_so, kind="catalog", before__isnull=True).update(exact_kind="added")


class Migration(migrations.Migration):
    dependencies = [("catalog", "0016_retired_without_status")]

    operations = [
        migrations.AddField(
            "changeevent",
            "exact_kind",
            models.CharField(choices=KINDS, editable=False, max_length=10, null=True),
        ),
        migrations.AlterField(
            "changeevent",
            "kind",
            models.CharField(choices=KINDS, help_text="The group of its kind.", max_length=10),
        ),
        migrations.AlterField(
            "priceedit", "conditions_key", models.TextField(default="{}", editable=False)
        ),
        migrations.AlterField(
            "priceedit",
            "per",
            models.PositiveIntegerField(help_text="How many of the meter the amount is for."),
        ),
        migrations.RunPython(mark_added, migrations.RunPython.noop),
    ]
