"""Says of prices since when they are on record, whether their unit is inferred, and what factor made them."""

from django.db import migrations, models
from django.db.models import F

INFERRED = "Unit inferred"


def mark(apps, schema_editor):
    """Mark what was read on the day it begins, and what its note calls inferred: release 0.1.0 had no other place."""
    alias = schema_editor.connection.alias
    prices = apps.get_model("catalog", "Price").objects.using(alias)
    prices.filter(origin="file", effective_from__date=F("checked_on")).update(
        on_record_since=F("effective_from")
    )
    prices.filter(note__startswith=INFERRED).update(unit_is_inferred=True)


def free(apps, schema_editor):
    """Drop the trigger that reads a column which goes; it is installed again after each migration."""
    where = " ON catalog_price" if schema_editor.connection.vendor == "postgresql" else ""
    schema_editor.execute(f"DROP TRIGGER IF EXISTS catalog_price_immutable{where}")


KINDS = [
    ("price", "Price"),
    ("lifecycle", "Lifecycle"),
    ("status", "Status"),
    ("catalog", "Catalog"),
    ("added", "Added"),
    ("correction", "Correction"),
]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0021_lacks")]

    operations = [
        migrations.AddField(
            "price",
            "on_record_since",
            models.DateTimeField(
                blank=True,
                help_text="The instant it was first read, where it may have held before.",
                null=True,
            ),
        ),
        migrations.AddField(
            "price", "unit_is_inferred", models.BooleanField(db_default=False, default=False)
        ),
        migrations.AddField(
            "price", "unit_confirmed_at", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "price", "is_held_back", models.BooleanField(db_default=False, default=False, editable=False)
        ),
        migrations.AddField(
            "price", "covered_from", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "price", "covered_until", models.DateTimeField(blank=True, editable=False, null=True)
        ),
        migrations.AddField(
            "price",
            "factor",
            models.DecimalField(
                blank=True,
                decimal_places=9,
                editable=False,
                help_text="What a rule of the model multiplied its base price by.",
                max_digits=15,
                null=True,
            ),
        ),
        migrations.AddField(
            "priceedit",
            "effective_until",
            models.DateTimeField(
                blank=True,
                help_text="The end of a promotion; then the price before it begins again.",
                null=True,
            ),
        ),
        migrations.AddField(
            "variant",
            "price_factors",
            models.JSONField(
                blank=True, db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
        migrations.AlterField(
            "changeevent",
            "exact_kind",
            models.CharField(choices=KINDS, editable=False, max_length=10, null=True),
        ),
        migrations.AlterField(
            "changeevent",
            "kind",
            models.CharField(choices=KINDS, help_text="The group of its kind.", max_length=10),
        ),
        migrations.RunPython(mark, free),
    ]
