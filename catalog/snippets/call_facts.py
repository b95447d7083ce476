"""What a model's endpoints tell of it, by their protocols."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records.action_content import Content
from catalog.records.derived_facts import CallFacts
from catalog.snippets.protocols import DIALECTS


def call_facts(endpoints: Iterable[Mapping[str, Any]]) -> CallFacts:
    """Return whether they stream, answer with vectors, and what content they are for."""
    called = [(DIALECTS[row["protocol"]], row["path"]) for row in endpoints if row["protocol"] in DIALECTS]
    contents = [dialect.content for dialect, _path in called]
    return CallFacts(
        streams=any(dialect.streams(path) for dialect, path in called),
        gives_vectors=bool(called) and all(dialect.answers == "vectors" for dialect, _path in called),
        # Beside a protocol for any content, one for speech says nothing of the whole model.
        content=_joined(contents) if contents and all(contents) else None,
    )


def _joined(contents: Iterable[Content | None]) -> Content:
    known = [content for content in contents if content]
    return Content(
        tuple(dict.fromkeys(word for content in known for word in content.reads)),
        tuple(dict.fromkeys(word for content in known for word in content.writes)),
    )
