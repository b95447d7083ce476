"""What each source says of each platform about a model's end, and the earliest possible day."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0018_price_quantities")]

    operations = [
        migrations.AddField(
            "variant",
            "retires_not_before",
            models.DateField(
                null=True, blank=True, help_text="The earliest possible day; it retires nothing."
            ),
        ),
        migrations.AddField(
            "variant",
            "end_of_life",
            models.JSONField(
                blank=True, db_default=models.Value([], models.JSONField()), default=list
            ),
        ),
    ]
