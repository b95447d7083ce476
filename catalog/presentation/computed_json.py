"""JSON of quotes, comparisons, changes and snippets."""

from datetime import datetime
from typing import Any

from catalog.comparison import ComparisonTable
from catalog.history.changes import ChangedFact
from catalog.history.source_claims import FieldView
from catalog.presentation.model_json import model
from catalog.pricing.money import plain
from catalog.records.facts import Facts, headline
from catalog.records.quote_warnings import WarnedQuote
from catalog.snippets import Proof, Snippet
from catalog.text.instants import rfc3339


def quote(model_id: str, warned: WarnedQuote, at: datetime, revision: int) -> dict[str, Any]:
    """Return a quote and its warnings."""
    result = warned.quote
    return {
        "model": model_id,
        "kind": result.kind,
        "calls": result.calls,
        "currency": result.currency,
        "total": None if result.total is None else plain(result.total),
        "subtotal": plain(result.subtotal),
        "lines": [
            {
                "meter": line.meter,
                "quantity": plain(line.quantity),
                "billed_quantity": plain(line.billed_quantity),
                "per": line.per,
                "unit": line.unit,
                "unit_amount": plain(line.unit_amount),
                "amount": plain(line.amount),
                "state": line.state,
                "conditions": line.conditions,
                "price_id": line.price_id,
                "unheeded": list(line.unheeded),
                "unit_is_inferred": line.unit_is_inferred,
            }
            for line in result.lines
        ],
        "unpriced": [row.meter for row in result.unpriced],
        "unpriced_details": [
            {"meter": row.meter, "quantity": plain(row.quantity), "reason": row.reason}
            for row in result.unpriced
        ],
        "warnings": [{"code": row.code, "message": row.message} for row in warned.warnings],
        "at": rfc3339(at),
        "revision": revision,
    }


def comparison(table: ComparisonTable) -> dict[str, Any]:
    """Return models side by side."""
    return {
        "models": [model(member) for member in table.members],
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
            for row in table.rows
        ],
        "unstated": list(table.unstated),
    }


def headline_price(facts: Facts) -> dict[str, Any] | None:
    """Return the price of a short line, null if none is published."""
    cheapest = headline(facts)
    if cheapest is None:
        return None
    row = cheapest.price
    named = {key: row[key] for key in ("kind", "meter", "amount", "currency", "unit")}
    # `is_from`: other prices of the meter are higher.
    return {**named, "is_from": cheapest.is_from}


def change(row: ChangedFact) -> dict[str, Any]:
    """Return a change."""
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


def source_field(view: FieldView) -> dict[str, Any]:
    """Return what sources say of a field."""
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
    """Return a sample, with the SDK version it was last run with."""
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
