"""Where a model is the cheapest of its family."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from catalog.comparison.rank import Rank, place_among, rank_of
from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts
from catalog.text.language import say

Rule = Callable[[Facts, Sequence[Facts]], Iterable[Rank]]


def by_token_price(meter: str) -> Rule:
    """Rank by plain prices, sell first, else list."""

    def rule(this: Facts, served: Sequence[Facts]) -> Iterable[Rank]:
        for kind in ("sell", "list"):
            mine = this.base(kind, meter)
            if mine is None or mine["state"] != "known":
                continue
            rows = [_same_unit(member.base(kind, meter), mine) for member in served]
            amounts = [Decimal(row["amount"] or 0) for row in rows if row]
            place = place_among(Decimal(mine["amount"] or 0), amounts, best=min)
            if place:
                title = say(
                    "Lowest {meter} list price" if kind == "list" else "Lowest {meter} price",
                    meter=METERS[meter].label.lower(),
                )
                value = f"{usd(mine['amount'] or 0, mine['currency'])} {price_suffix(meter, mine['per'])}"
                yield rank_of(f"price:{meter}", title, say("lowest"), value, this, place)
                return

    return rule


def by_action_price(this: Facts, served: Sequence[Facts]) -> Iterable[Rank]:
    """Rank actions by their lowest amount in one unit."""
    actions = dict.fromkeys(str(row["conditions"].get("action", "")) for row in this.sell)
    for action in filter(None, actions):
        mine = _cheapest(this, action, None)
        if mine is None:
            continue
        rows = [_cheapest(member, action, mine) for member in served]
        place = place_among(
            Decimal(mine["amount"] or 0), [Decimal(row["amount"] or 0) for row in rows if row], best=min
        )
        if place:
            value = f"{usd(mine['amount'] or 0, mine['currency'])} {price_suffix(mine['meter'], mine['per'])}"
            title = say("Lowest price for {action}", action=action.replace("_", " "))
            start = say("From {price}", price=value)
            yield rank_of(f"price:{action}", title, say("lowest"), start, this, place)


def _cheapest(side: Facts, action: str, like: PriceRecord | None) -> PriceRecord | None:
    rows = [
        row
        for row in side.sell
        if row["state"] == "known"
        and row["conditions"].get("action") == action
        and (like is None or _same_unit(row, like))
    ]
    return min(rows, key=lambda row: Decimal(row["amount"] or 0), default=None)


def _same_unit(row: PriceRecord | None, like: PriceRecord) -> PriceRecord | None:
    same = row and row["state"] == "known" and row["meter"] == like["meter"]
    return row if same and row and (row["per"], row["currency"]) == (like["per"], like["currency"]) else None
