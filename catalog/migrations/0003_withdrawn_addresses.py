"""Let a former address stand without a model: it then answers 410."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("catalog", "0002_groups")]

    operations = [
        migrations.AlterField(
            model_name="formerslug",
            name="variant",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="former_slugs",
                to="catalog.variant",
            ),
        ),
    ]
