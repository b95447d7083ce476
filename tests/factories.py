"""Records and price rows for tests, complete but for what a test says otherwise."""

from itertools import count
from typing import Any

from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, unit_label
from catalog.records.record import Record
from small import SIBLING

_ids = count(1)


def a_price(**changed: Any) -> PriceRecord:
    """A sell price of input, in force since the first of 2026."""
    meter = changed.get("meter", "input_tokens")
    per = changed.get("per", METERS[meter].per)
    row: dict[str, Any] = {
        "id": next(_ids),
        "kind": "sell",
        "state": "known",
        "meter": meter,
        "per": per,
        "unit": unit_label(meter, per),
        "amount": "1.5",
        "currency": "USD",
        "conditions": {},
        "minimum": None,
        "step": None,
        "is_promotion": False,
        "effective_from": "2026-01-01T00:00:00Z",
        "effective_until": None,
        "on_record_since": None,
        "unit_is_inferred": False,
        "is_held_back": False,
        "covered_from": None,
        "covered_until": None,
        "source_url": "https://example.com/prices",
        "source_label": "Example prices",
        "checked_on": "2026-11-22",
        "note": "",
    }
    return {**row, **changed}  # type: ignore[return-value]


def a_record(model_id: str = SIBLING, **changed: Any) -> Record:
    """A model of the Linden family of which nothing else is known."""
    slug = model_id.removeprefix("linden-")
    row: dict[str, Any] = {
        "model_id": model_id,
        "slug": slug,
        "name": model_id,
        "stated_name": None,
        "path": f"/models/linden/{slug}",
        "provider": {"slug": "arbor", "name": "Arbor"},
        "family": {"slug": "linden", "name": "Linden"},
        "aliases": [],
        "snapshot_on": None,
        "modality": "text",
        "input_modalities": [],
        "output_modalities": [],
        "task_type": None,
        "stated_lifecycle": "active",
        "released_on": None,
        "deprecated_on": None,
        "retires_on": None,
        "retires_not_before": None,
        "end_of_life": [],
        "replacement": None,
        "replacement_path": None,
        "commercial_use": None,
        "open_weights": None,
        "license": None,
        "links": [],
        "context_window": None,
        "max_input_tokens": None,
        "max_output_tokens": None,
        "vector_size": None,
        "knowledge_cutoff": None,
        "capabilities": [],
        "lacks": [],
        "disputed": [],
        "derived": [],
        "incomplete": [],
        "does_not_apply": [],
        "actions": [],
        "endpoints": [],
        "parameters": {},
        "rules": {},
        "price_factors": [],
        "prices": [],
        "price_claim": "",
        "price_claim_source": None,
        "status_events": [],
        "overview": "",
        "overview_html": "",
        "best_for": [],
        "faq": [],
        "sources": [],
        "checked_on": None,
    }
    return {**row, **changed}  # type: ignore[return-value]
