"""A live connection, of which nothing that runs by itself is known."""

from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "realtime",
)
