"""Search over the catalog: the backend of a database, and its index wherever migrations have run.

`catalog.search.finding` asks, `catalog.search.entries` writes.
"""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from catalog.search import postgres, sqlite
from catalog.search.backend import Backend

ENTRIES = "catalog_searchentry"


def backend(connection: BaseDatabaseWrapper) -> Backend:
    """Pick the backend of a database."""
    return postgres if connection.vendor == "postgresql" else sqlite


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the index where its tables stand."""
    connection = connections[using]
    if ENTRIES in connection.introspection.table_names():
        backend(connection).install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return the names of missing parts of the index; none before the tables exist."""
    if ENTRIES not in connection.introspection.table_names():
        return []
    return backend(connection).missing(connection)
