"""A model among its family."""

from dataclasses import dataclass

from catalog.presentation.wording import strengths
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import unit_label
from catalog.records.facts import Facts, lowest
from catalog.records.phrases import amount, lifecycle_word, unique, unit_note
from catalog.text.language import mark, say, say_many
from pages.model_context import ModelContext

UNPRICED = mark("Not on record")


@dataclass(frozen=True, slots=True)
class FamilyPrice:
    """A price in a few words."""

    text: str
    unit: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class SiblingRow:
    """A model in its family's list."""

    name: str
    model_id: str
    path: str
    price: FamilyPrice
    lifecycle: str
    tone: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Switcher:
    """The section of the family's other models."""

    rows: list[SiblingRow]
    family: str
    family_path: str
    count: str
    is_alone: bool
    name: str


@dataclass(frozen=True, slots=True)
class BestFor:
    """What the model is best for."""

    strengths: list[strengths.Strength]
    name: str


def switcher(context: ModelContext) -> Switcher:
    """List the family's models, retired ones last."""
    rows = [
        _sibling(member, is_current=member.record["model_id"] == context.record["model_id"])
        for member in sorted(context.family, key=lambda member: member.is_retired)
    ]
    family = context.record["family"]
    return Switcher(
        rows=rows,
        family=family["name"],
        family_path=f"/models/{family['slug']}",
        count=say_many("{number} model", "{number} models", len(rows)),
        is_alone=len(rows) == 1,
        name=context.record["name"],
    )


def _sibling(member: Facts, *, is_current: bool) -> SiblingRow:
    return SiblingRow(
        name=member.record["name"],
        model_id=member.record["model_id"],
        path=member.record["path"],
        price=short_price(member),
        lifecycle=lifecycle_word(member),
        tone=member.lifecycle or "unknown",
        is_current=is_current,
    )


def short_price(facts: Facts) -> FamilyPrice:
    """Return a token model's input and output price, else the lowest."""
    pair = [price for meter in ("input_tokens", "output_tokens") if (price := facts.quoted(meter))]
    # Amounts share a line only where kind and unit are the same.
    if pair and len({(price["kind"], price["per"]) for price in pair}) == 1:
        text = " / ".join(amount(price) for price in pair)
        unit = unit_label(pair[0]["meter"], pair[0]["per"])
        return FamilyPrice(text, unit, _note(pair))
    rows = facts.sell or facts.listed
    cheapest = lowest(rows)
    if cheapest is None:
        return FamilyPrice(amount(rows[0]) if rows else say(UNPRICED))
    price = cheapest.price
    text = say("from {amount}", amount=amount(price)) if cheapest.is_from else amount(price)
    return FamilyPrice(text, unit_label(price["meter"], price["per"]), _note([price]))


def _note(prices: list[PriceRecord]) -> str:
    words = [say("list price")] if prices[0]["kind"] == "list" else []
    return ", ".join([*words, *unique(filter(None, map(unit_note, prices)))])


def best_for(context: ModelContext) -> BestFor | None:
    """List use cases and superlatives, None without any."""
    rows = strengths.best_for(context)
    return BestFor(rows, context.record["name"]) if rows else None
