"""Triggers name only columns that are there."""

import pytest
from django.db import connection

from catalog.models import triggers

pytestmark = pytest.mark.django_db


def test_columns_that_a_later_migration_adds_are_waited_for(monkeypatch):
    # On SQLite, a trigger on a missing column would stop the migration that adds it.
    installed = []
    monkeypatch.setattr(triggers, "install", installed.append)
    triggers.after_migrate("default")
    assert installed == [connection]
    monkeypatch.setattr(triggers, "FROZEN", (*triggers.FROZEN, "later"))
    triggers.after_migrate("default")
    assert installed == [connection]
