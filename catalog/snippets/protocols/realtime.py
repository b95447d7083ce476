"""A live connection, of which nothing that runs by itself is known."""

from catalog.snippets.dialect import Dialect

DIALECT = Dialect(
    "realtime",
)
