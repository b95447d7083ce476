"""JSON of models, the same in API, tools and exports."""

from collections.abc import Iterable, Sequence
from typing import Any

from django.conf import settings

from catalog.comparison.differences import ModelContrast, contrasts
from catalog.presentation.wording import faq, overview, strengths
from catalog.presentation.wording.promises import read_promises
from catalog.presentation.wording.subject import Subject, read_site
from catalog.pricing.price import PriceRecord
from catalog.records.end_of_life_headers import is_ending
from catalog.records.facts import Facts
from catalog.records.fields import in_output
from catalog.records.model_field import placed
from catalog.records.record import capability_values, stated_name
from catalog.search.successors import Successors, successors

PARAMETER_KEYS = (
    "minimum",
    "maximum",
    "min_length",
    "max_length",
    "min_items",
    "max_items",
    "pattern",
    "items",
)


def absolute(path: str) -> str:
    """Return a path's public address."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def model(facts: Facts) -> dict[str, Any]:
    """Return a model as in lists."""
    record = facts.record
    return {
        "model_id": record["model_id"],
        "slug": record["slug"],
        "name": stated_name(record),
        "display_name": record["name"],
        "url": absolute(record["path"]),
        "provider": record["provider"],
        "family": record["family"],
        "aliases": record["aliases"],
        "alias_of": None,
        **_fields(facts),
        "endpoints": [
            {
                "method": row["method"],
                "path": row["path"],
                "protocol": row["protocol"],
                "action": row["action"],
            }
            for row in record["endpoints"]
        ],
        "prices": [price(row) for row in facts.prices],
        "sources": record["sources"],
    }


def _fields(facts: Facts) -> dict[str, Any]:
    # The stage at the instant, not the stated one.
    own = {"lifecycle": facts.lifecycle}
    values = [
        (field.name, (field.name, own.get(field.name, field.value(facts.record))))
        for field in in_output("api")
    ]
    status = facts.status.severity if facts.status else None
    own_values: dict[str, Any] = {
        "capability_values": capability_values(facts.record),
        "does_not_apply": [field.name for field in in_output("api") if not field.applies_to(facts.record)],
    }
    return dict(placed(values, {"commercial_use": [("status", status)]}, [*own_values.items()]))


def full_model(facts: Facts, family: Sequence[Facts], requested_id: str) -> dict[str, Any]:
    """Return a model with its family's context."""
    record = facts.record
    follows = _successors(facts)
    subject = Subject(facts, list(family), read_site(), follows, read_promises())
    return {
        **model(facts),
        "requested_id": requested_id,
        "alias_of": record["model_id"] if requested_id in record["aliases"] else None,
        "successor": follows.living.model_id if follows.living else None,
        "overview": overview.text(facts),
        "parameters": {
            action: [_parameter(dict(row)) for row in rows] for action, rows in record["parameters"].items()
        },
        "rules": record["rules"],
        "announced_prices": [price(row) for row in facts.announced],
        "best_for": [{"title": row.title, "body": row.body} for row in strengths.best_for(subject)],
        "faq": [{"question": row.question, "answer": row.answer} for row in faq.questions(subject)],
        "differences": [_contrast(nearest) for nearest in contrasts(facts, family)],
        "siblings": list(_siblings(facts, family)),
    }


def successor(facts: Facts) -> str | None:
    """Return the ID of the model that sources lead to, of one that is ending."""
    living = _successors(facts).living
    return living.model_id if living else None


def _successors(facts: Facts) -> Successors:
    return successors(facts.record, facts.at) if is_ending(facts) else Successors()


def price(row: PriceRecord) -> dict[str, Any]:
    """Return a price row."""
    return {**row, "note": row["note"] or None, "omits": row.get("omits")}


def _parameter(row: dict[str, Any]) -> dict[str, Any]:
    # As in JSON Schema, an absent bound is none.
    stated = {key: row[key] for key in PARAMETER_KEYS if row[key] is not None}
    return {
        "name": row["name"],
        "type": row["type"],
        "required": row["required"],
        "enum": row["enum"],
        "default": row["default"],
        "description": row["description"] or None,
        **stated,
    }


def _contrast(contrast: ModelContrast) -> dict[str, Any]:
    record = contrast.other.record
    return {
        "model_id": record["model_id"],
        "url": absolute(record["path"]),
        "differences": [
            {"key": row.key, "label": row.label, "this": row.this, "other": row.other, "text": row.text}
            for row in contrast.differences
        ],
    }


def _siblings(facts: Facts, family: Iterable[Facts]) -> Iterable[dict[str, Any]]:
    for other in family:
        record = other.record
        if record["model_id"] != facts.record["model_id"]:
            yield {
                "model_id": record["model_id"],
                "name": stated_name(record),
                "display_name": record["name"],
                "url": absolute(record["path"]),
                "lifecycle": other.lifecycle,
            }
