"""Records from before prices had quantities are built anew by the migration."""

from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import connection

from catalog.models import Document
from catalog.publishing import build_records
from catalog.records.record import read_record
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
migration = import_module("catalog.migrations.0023_model_facts")


def test_a_record_with_prices_is_built_anew():
    variant = a_variant()
    a_price(variant)
    migration.mark_records(apps, SimpleNamespace(connection=connection))
    assert Document.objects.get(variant=variant).revision == 0
    build_records.after_migrate("default", plan=[])
    stored = Document.objects.get(variant=variant)
    assert stored.revision > 0
    (price,) = read_record(stored.body)["prices"]
    assert (price["minimum"], price["step"], price["is_promotion"]) == (None, None, False)
