"""Refuse a known or free price without an amount: a comparison with NULL passes a check."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('catalog', '0003_withdrawn_addresses'),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name='price',
            name='price_amount_fits_state',
        ),
        migrations.AddConstraint(
            model_name='price',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('amount__gt', 0), ('amount__isnull', False), ('state', 'known')), models.Q(('amount', 0), ('amount__isnull', False), ('state', 'free')), models.Q(('amount__isnull', True), ('state__in', ['dynamic', 'on_request'])), _connector='OR'), name='price_amount_fits_state'),
        ),
    ]
