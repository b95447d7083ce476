"""Reads the numbers of parameters back as they were written, on every database."""

import catalog.models.parameter
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0013_rows_left_out'),
    ]

    operations = [
        migrations.AlterField(
            model_name='parameter',
            name='default',
            field=models.JSONField(blank=True, decoder=catalog.models.parameter.Numbers, null=True),
        ),
        migrations.AlterField(
            model_name='parameter',
            name='enum',
            field=models.JSONField(blank=True, decoder=catalog.models.parameter.Numbers, null=True),
        ),
        migrations.AlterField(
            model_name='parameter',
            name='items',
            field=models.JSONField(blank=True, decoder=catalog.models.parameter.Numbers, null=True),
        ),
        migrations.AlterField(
            model_name='parameterrule',
            name='when',
            field=models.JSONField(blank=True, decoder=catalog.models.parameter.Numbers, default=dict),
        ),
    ]
