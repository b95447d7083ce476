"""A live connection, which no snippet can show."""

from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "realtime",
)
