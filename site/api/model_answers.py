"""Finds models that requests name."""

from datetime import datetime
from typing import Any

from django.http import HttpResponse

from api.answers import answer, earliest
from api.problems import UnknownError
from catalog.records.facts import next_boundary
from catalog.records.record import Record
from catalog.search import lookup


def find_record(model_id: str) -> Record:
    """Find a model's record by ID or alias; raise UnknownError."""
    record = lookup.by_model_id(model_id)
    if record is None:
        near = [row.model_id for row in lookup.suggestions(model_id)]
        raise UnknownError(f"There is no model {model_id!r} in this catalog.", suggestions=near)
    return record


def send_answer(
    body: dict[str, Any],
    records: list[Record],
    revision: int,
    at: datetime,
    *,
    fixed: bool = False,
) -> HttpResponse:
    """Send an answer about models."""
    # What is true of a `fixed` instant stays so: no boundary ends it.
    boundary = None if fixed else earliest(next_boundary(record, at) for record in records)
    return answer(body, revision=revision, at=at, boundary=boundary)
