"""Adds what a call is billed for at least and in which steps, and marks promotions."""

from django.db import migrations, models
from django.db.models import Q

LEAST = "The least of the meter that each call is billed for."
STEPS = "Each call is billed in whole steps of this many."


def quantity(words):
    return models.DecimalField(blank=True, decimal_places=9, help_text=words, max_digits=15, null=True)


def columns(model):
    return [
        migrations.AddField(model, "minimum", quantity(LEAST)),
        migrations.AddField(model, "step", quantity(STEPS)),
        migrations.AddField(model, "is_promotion", models.BooleanField(db_default=False, default=False)),
    ]


class Migration(migrations.Migration):
    dependencies = [("catalog", "0017_change_kinds")]

    operations = [
        *columns("price"),
        *columns("priceedit"),
        migrations.AddConstraint(
            "price",
            models.CheckConstraint(
                condition=Q(minimum__isnull=True) | Q(minimum__gt=0), name="price_minimum_positive"
            ),
        ),
        migrations.AddConstraint(
            "price",
            models.CheckConstraint(condition=Q(step__isnull=True) | Q(step__gt=0), name="price_step_positive"),
        ),
        migrations.AddConstraint(
            "price",
            models.CheckConstraint(
                condition=Q(is_promotion=False) | Q(effective_until__isnull=False),
                name="price_promotion_ends",
            ),
        ),
    ]
