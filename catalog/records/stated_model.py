"""What a file or a record states of a model, to be held beside its siblings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any


@dataclass(frozen=True, slots=True)
class StatedPrice:
    """A price in force; `terms` are equal where two prices can be compared."""

    kind: str
    meter: str
    terms: str
    amount: Decimal | None
    checked_on: date | None


@dataclass(frozen=True, slots=True)
class StatedModel:
    """What a file or a record states of a model; `fields` are column values, days as `date`."""

    model_id: str
    family: str
    fields: Mapping[str, Any]
    aliases: Sequence[str]
    has_replacement: bool
    prices: Sequence[StatedPrice]

    def ends_by(self, day: date) -> bool:
        """Whether the model is retired by a day, or stated to be."""
        return self.fields.get("lifecycle") == "retired" or (self.fields.get("retires_on") or date.max) <= day


class Siblings:
    """A family, with what its members cost under the same terms."""

    def __init__(self, models: Sequence[StatedModel]) -> None:
        self.models = models
        self._amounts: dict[str, list[tuple[Decimal, str]]] = defaultdict(list)
        for model in models:
            for price in model.prices:
                if price.amount:
                    self._amounts[price.terms].append((price.amount, model.model_id))
        for rows in self._amounts.values():
            rows.sort()

    def extremes(self, this: StatedModel, terms: str) -> tuple[Decimal, Decimal] | None:
        """Return the lowest and the highest amount of others; None beside fewer than two."""
        rows = self._amounts[terms]
        others = (amount for amount, model_id in rows if model_id != this.model_id)
        dearest = (amount for amount, model_id in reversed(rows) if model_id != this.model_id)
        # Beside one sibling nobody can tell which of the two is wrong.
        if len({model_id for _amount, model_id in rows} | {this.model_id}) < 3:
            return None
        return next(others), next(dearest)
