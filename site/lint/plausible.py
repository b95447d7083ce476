"""Questions about records: what is possible, and hardly true."""

from collections.abc import Iterator
from datetime import date
from decimal import Decimal

from catalog.pricing.conditions import canonical
from catalog.pricing.price import PriceRecord
from catalog.records.facts import Facts
from catalog.records.plausibility import questions
from catalog.records.stated_model import StatedModel, StatedPrice

DAYS = ("released_on", "retires_on", "snapshot_on")
NUMBERS = ("context_window", "max_output_tokens")


def of_family(family: list[Facts]) -> Iterator[tuple[str, str]]:
    """Yield the ID and the question of each model of a family."""
    return questions([_stated(member) for member in family], family[0].at.date())


def _stated(facts: Facts) -> StatedModel:
    record = facts.record
    days = {name: record[name] for name in DAYS}  # type: ignore[literal-required]
    return StatedModel(
        model_id=record["model_id"],
        family=record["family"]["slug"],
        fields={
            **{name: record[name] for name in NUMBERS},  # type: ignore[literal-required]
            **{name: date.fromisoformat(text) for name, text in days.items() if text},
            "lifecycle": facts.lifecycle,
        },
        aliases=record["aliases"],
        has_replacement=bool(
            record["replacement"] or any(row["replacements"] for row in record["end_of_life"])
        ),
        prices=[_price(row) for row in facts.prices],
    )


def _price(row: PriceRecord) -> StatedPrice:
    terms = f"{row['kind']} {row['meter']} {row['per']} {row['currency']} {canonical(row['conditions'])}"
    amount = Decimal(row["amount"]) if row["amount"] is not None else None
    checked_on = date.fromisoformat(row["checked_on"]) if row["checked_on"] else None
    return StatedPrice(row["kind"], row["meter"], terms, amount, checked_on)
