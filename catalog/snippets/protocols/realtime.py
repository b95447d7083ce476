"""A live connection, which no snippet can show."""

from catalog.records.action_content import Content
from catalog.snippets.protocol import Dialect

DIALECT = Dialect(
    "realtime",
    content=Content(("audio",), ("audio",)),
)
