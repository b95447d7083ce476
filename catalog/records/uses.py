"""What a family is best for: each use rests on something that a model has."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records.derived_facts import gives_vectors
from catalog.records.record import Record

EMBEDDINGS, LONG_CONTEXT = "embeddings", "long_context"
LONG = 200_000
"""Tokens from which a context window is long."""


def rests_on(record: Record, word: str) -> bool:
    """Whether a model has what a use rests on: an action, a capability, embeddings or a long context."""
    if word == EMBEDDINGS:
        return gives_vectors(record)
    if word == LONG_CONTEXT:
        return (record["context_window"] or 0) >= LONG
    return word in record["actions"] or word in record["capabilities"]


def uses_of(record: Record, uses: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """List the family's uses that hold for a model."""
    return [use for use in uses if rests_on(record, use.get("rests_on", ""))]
