"""Prices from before they said since when they are on record are marked by the migration."""

from datetime import date
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from catalog.models import Price
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
migration = import_module("catalog.migrations.0022_price_doubts")


def test_prices_read_on_the_day_they_begin_and_inferred_units_are_marked():
    variant = a_variant()
    read = a_price(variant, checked_on=date(2026, 11, 26))
    known = a_price(variant, meter="output_tokens", checked_on=date(2026, 11, 27))
    desk = a_price(variant, meter="images", checked_on=date(2026, 11, 26), origin="admin")
    inferred = a_price(variant, meter="pages", note="Unit inferred, not stated by the source")
    migration.mark(apps, SimpleNamespace(connection=connection))
    rows = {row.pk: row for row in Price.objects.filter(variant=variant)}
    assert rows[read.pk].on_record_since == read.effective_from
    # Read again on a later day, or stated by an admin: it is in force since then.
    assert rows[known.pk].on_record_since is rows[desk.pk].on_record_since is None
    assert [rows[row.pk].unit_is_inferred for row in (read, inferred)] == [False, True]
