"""Search: `catalog.search.finding` reads, `catalog.search.text_index` writes."""

from typing import Any

from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper

from catalog.search import postgres, sqlite
from catalog.search.backend import Backend

ENTRIES = "catalog_searchentry"


def backend(connection: BaseDatabaseWrapper) -> Backend:
    """Return the backend of a database."""
    return postgres if connection.vendor == "postgresql" else sqlite


def after_migrate(using: str, **_kwargs: Any) -> None:
    """Install the index after migrations."""
    connection = connections[using]
    # `migrate` of another application alone also ends here, maybe before these tables exist.
    if ENTRIES in connection.introspection.table_names():
        backend(connection).install(connection)


def missing(connection: BaseDatabaseWrapper) -> list[str]:
    """Return missing parts of the index."""
    if ENTRIES not in connection.introspection.table_names():
        return []
    return backend(connection).missing(connection)
