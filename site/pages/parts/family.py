"""A model among its family: the way to the others, how it differs from the nearest, and where it is first."""

from typing import Any

from catalog.comparison import named_models
from catalog.comparison.differences import Contrast, contrasts
from catalog.presentation.wording import strengths
from catalog.pricing.units import unit_label
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import action_label, amount, lifecycle_word
from catalog.text.language import mark, say, say_many
from pages.model_context import ModelContext

UNPRICED = mark("Not published")
MOST_DIFFERENCES = 6


def switcher(context: ModelContext) -> dict[str, Any]:
    """List every model of the family, those still served first, with price and stage of life."""
    rows = [
        _sibling(member, is_current=member.record["model_id"] == context.record["model_id"])
        for member in sorted(context.family, key=lambda member: member.is_retired)
    ]
    family = context.record["family"]
    return {
        "rows": rows,
        "family": family["name"],
        "family_path": f"/models/{family['slug']}",
        "count": say_many("{number} model", "{number} models", len(rows)),
        "is_alone": len(rows) == 1,
        "name": context.record["name"],
    }


def _sibling(member: Facts, *, is_current: bool) -> dict[str, Any]:
    record = member.record
    return {
        "name": record["name"],
        "model_id": record["model_id"],
        "path": record["path"],
        "price": short_price(member),
        "lifecycle": lifecycle_word(member),
        "tone": member.lifecycle or "unknown",
        "is_retired": member.is_retired,
        "is_current": is_current,
    }


def short_price(facts: Facts) -> dict[str, str]:
    """Say a model's price in a few words: input and output of token prices, else the lowest amount."""
    pair = [price for meter in ("input_tokens", "output_tokens") if (price := facts.quoted(meter))]
    if pair and len({(price["kind"], price["per"]) for price in pair}) == 1:
        text = " / ".join(amount(price) for price in pair)
        unit = unit_label(pair[0]["meter"], pair[0]["per"])
        return {"text": text, "unit": unit, "note": _note(pair[0]["kind"])}
    rows = facts.sell or facts.listed
    cheapest = lowest(rows)
    if cheapest is None:
        return {"text": amount(rows[0]) if rows else say(UNPRICED), "unit": "", "note": ""}
    price = cheapest.price
    said = say("from {amount}", amount=amount(price)) if cheapest.is_from else amount(price)
    unit = unit_label(price["meter"], price["per"])
    return {"text": said, "unit": unit, "note": _note(price["kind"])}


def _note(kind: str) -> str:
    return say("list price") if kind == "list" else ""


def differences(context: ModelContext) -> dict[str, Any]:
    """Build a card for each near sibling that differs in something recorded."""
    cards = [
        {
            "name": contrast.other.record["name"],
            "model_id": contrast.other.record["model_id"],
            "path": contrast.other.record["path"],
            "compare": named_models.path([context.record["model_id"], contrast.other.record["model_id"]]),
            "differences": _texts(context, contrast)[:MOST_DIFFERENCES],
            "more": _texts(context, contrast)[MOST_DIFFERENCES:],
        }
        for contrast in contrasts(context.this, context.family)
    ]
    return {
        "cards": cards,
        "name": context.record["name"],
        "family": context.record["family"]["name"],
        "is_alone": not context.siblings,
        "compare": named_models.path([context.record["model_id"]]),
    }


def _texts(context: ModelContext, contrast: Contrast) -> list[str]:
    """Say each difference; one between the requests of an action names it where there are several."""
    several = len(context.record["parameters"]) > 1
    found = []
    for difference in contrast.differences:
        kind, _, rest = difference.key.partition(":")
        action = rest.partition(".")[0] if several and kind in {"parameter", "more", "less"} else ""
        found.append(f"{action_label(action)}: {difference.text}" if action else difference.text)
    return found


def best_for(context: ModelContext) -> dict[str, Any]:
    """List editors' use cases and what the records themselves say a model is first in or can read."""
    return {"strengths": strengths.best_for(context), "name": context.record["name"]}
