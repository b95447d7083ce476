"""The JSON shapes of the contract, built from facts: the same for every program, by whatever road it asks."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings

from catalog.comparison import ComparisonTable
from catalog.comparison.differences import ModelContrast, contrasts
from catalog.history.changes import ChangedFact
from catalog.history.source_claims import FieldView
from catalog.presentation.wording import faq, overview, strengths
from catalog.presentation.wording.subject import Subject, read_site
from catalog.pricing.money import plain
from catalog.pricing.price import PriceRecord
from catalog.pricing.quote import Quote
from catalog.records.facts import Facts, headline
from catalog.records.fields import in_output
from catalog.records.model_field import placed
from catalog.snippets import Proof, Snippet
from catalog.text.instants import rfc3339

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
    """Return the public address of a path on this site."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def model(facts: Facts) -> dict[str, Any]:
    """Return a model as in lists."""
    record = facts.record
    return {
        "model_id": record["model_id"],
        "slug": record["slug"],
        "name": record["name"],
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
    """Return the table's fields, and the status after the lifecycle."""
    own = {"lifecycle": facts.lifecycle}
    values = [
        (field.name, (field.name, own.get(field.name, field.value(facts.record))))
        for field in in_output("api")
    ]
    status = facts.status.severity if facts.status else None
    return dict(placed(values, {"commercial_use": [("status", status)]}))


def full_model(facts: Facts, family: Sequence[Facts], requested_id: str) -> dict[str, Any]:
    """Return everything known of a model."""
    record = facts.record
    subject = Subject(facts, list(family), read_site())
    return {
        **model(facts),
        "requested_id": requested_id,
        "alias_of": record["model_id"] if requested_id in record["aliases"] else None,
        "overview": overview.text(facts),
        "parameters": {
            action: [_parameter(dict(row)) for row in rows] for action, rows in record["parameters"].items()
        },
        "rules": record["rules"],
        "announced_prices": [price(row) for row in facts.announced],
        "best_for": [{"title": row.title, "body": row.body} for row in strengths.best_for(subject)],
        "faq": [{"question": row.question, "answer": row.answer} for row in faq.questions(subject)],
        "differences": [_contrast(found) for found in contrasts(facts, family)],
        "siblings": list(_siblings(facts, family)),
    }


def price(row: PriceRecord) -> dict[str, Any]:
    """Return a price row."""
    return {
        "id": row["id"],
        "kind": row["kind"],
        "state": row["state"],
        "meter": row["meter"],
        "per": row["per"],
        "unit": row["unit"],
        "amount": row["amount"],
        "currency": row["currency"],
        "conditions": row["conditions"],
        "effective_from": row["effective_from"],
        "effective_until": row["effective_until"],
        "source_url": row["source_url"],
        "source_label": row["source_label"],
        "checked_on": row["checked_on"],
        "note": row["note"] or None,
    }


def quote(model_id: str, found: Quote, at: datetime, revision: int) -> dict[str, Any]:
    """Return a quote at an instant."""
    return {
        "model": model_id,
        "kind": found.kind,
        "currency": found.currency,
        "total": None if found.total is None else plain(found.total),
        "subtotal": plain(found.subtotal),
        "lines": [
            {
                "meter": line.meter,
                "quantity": plain(line.quantity),
                "per": line.per,
                "unit": line.unit,
                "unit_amount": plain(line.unit_amount),
                "amount": plain(line.amount),
                "state": line.state,
                "conditions": line.conditions,
                "price_id": line.price_id,
                "unheeded": list(line.unheeded),
            }
            for line in found.lines
        ],
        "unpriced": [row.meter for row in found.unpriced],
        "unpriced_details": [
            {"meter": row.meter, "quantity": plain(row.quantity), "reason": row.reason}
            for row in found.unpriced
        ],
        "at": rfc3339(at),
        "revision": revision,
    }


def comparison(found: ComparisonTable) -> dict[str, Any]:
    """Return models side by side."""
    return {
        "models": [model(member) for member in found.members],
        "rows": [
            {
                "group": row.group,
                "label": row.label,
                "key": row.key,
                "unit": row.unit or None,
                "condition": row.condition or None,
                "better": row.better,
                "cells": [
                    {
                        "value": cell.value,
                        "text": cell.text,
                        "note": cell.note or None,
                        "is_best": cell.is_best,
                    }
                    for cell in row.cells
                ],
                "differs": row.differs,
            }
            for row in found.rows
        ],
        "unstated": list(found.unstated),
    }


def headline_price(facts: Facts) -> dict[str, Any] | None:
    """Return the one price of a short line; null where none is published."""
    found = headline(facts)
    if found is None:
        return None
    row = found.price
    named = {key: row[key] for key in ("kind", "meter", "amount", "currency", "unit")}
    return {**named, "is_from": found.is_from}


def change(row: ChangedFact) -> dict[str, Any]:
    """Return one change of the catalog."""
    return {
        "revision": row.revision,
        "at": rfc3339(row.at),
        "kind": row.kind,
        "model_id": row.model_id,
        "subject": row.subject,
        "summary": row.summary,
        "before": row.before,
        "after": row.after,
    }


def _parameter(row: dict[str, Any]) -> dict[str, Any]:
    """Return a parameter without unstated bounds, as in JSON Schema."""
    kept = {key: row[key] for key in PARAMETER_KEYS if row[key] is not None}
    return {
        "name": row["name"],
        "type": row["type"],
        "required": row["required"],
        "enum": row["enum"],
        "default": row["default"],
        "description": row["description"] or None,
        **kept,
    }


def _contrast(found: ModelContrast) -> dict[str, Any]:
    record = found.other.record
    return {
        "model_id": record["model_id"],
        "url": absolute(record["path"]),
        "differences": [
            {"key": row.key, "label": row.label, "this": row.this, "other": row.other, "text": row.text}
            for row in found.differences
        ],
    }


def _siblings(facts: Facts, family: Iterable[Facts]) -> Iterable[dict[str, Any]]:
    for other in family:
        record = other.record
        if record["model_id"] != facts.record["model_id"]:
            yield {
                "model_id": record["model_id"],
                "name": record["name"],
                "url": absolute(record["path"]),
                "lifecycle": other.lifecycle,
            }


def source_field(view: FieldView) -> dict[str, Any]:
    """Return what the sources say of one field."""
    return {
        "field": view.field,
        "shown": view.shown,
        "source": view.source,
        "source_url": view.source_url,
        "checked_on": view.checked_on,
        "why": view.why,
        "disagrees": view.disagrees,
        "says": [
            {
                "source": saying.source,
                "listed_as": saying.listed_as,
                "value": saying.value,
                "as_of": saying.as_of,
                "agrees": saying.agrees,
                "apart_percent": None if saying.apart is None else plain(round(saying.apart, 2)),
            }
            for saying in view.says
        ],
    }


def snippet(row: Snippet, proof: Proof | None) -> dict[str, Any]:
    """Return one sample; its install line names the SDK version it was last run with."""
    version = proof.packages.get(row.package) if proof else None
    ran = proof and {"ran_on": proof.ran_on.isoformat(), "program": proof.program, "version": version}
    return {
        "language": row.language,
        "protocol": row.protocol,
        "option": row.option,
        "action": row.action,
        "code": row.code,
        "install": row.installing(version) or None,
        "proof": ran,
    }
