"""The index is looked for, and made where it is missing."""

import pytest
from django.core.checks import run_checks
from django.db import connection

from catalog import search

pytestmark = pytest.mark.django_db


def test_a_database_without_its_index_is_told():
    assert search.missing(connection) == []
    with connection.cursor() as cursor:
        cursor.execute("DROP INDEX catalog_searchkey_order")
    assert search.missing(connection) == ["catalog_searchkey_order"]
    told = run_checks(databases=["default"], include_deployment_checks=True)
    assert "catalog.E002" in [problem.id for problem in told]
    search.after_migrate("default")
    assert search.missing(connection) == []
