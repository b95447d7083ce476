"""Says of a price what else its source prices, where that has no place here."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0025_family_uses")]

    operations = [
        migrations.AddField(
            "price",
            "omits",
            models.CharField(
                max_length=300,
                blank=True,
                default="",
                db_default="",
                help_text="What its source also prices, and this catalog has no place for.",
            ),
        ),
        migrations.AddField(
            "importfile",
            "as_of",
            models.DateField(
                null=True,
                blank=True,
                help_text="The day that the copy is of, where it is not that of the upload.",
            ),
        ),
        migrations.AlterField("importfile", "created_at", models.DateTimeField()),
    ]
