"""Where a model is the cheapest of its family."""

from collections.abc import Callable, Iterable
from decimal import Decimal

from catalog.comparison.rank import Rank, Rivals, place_among, rank_of
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS
from catalog.records.facts import Facts
from catalog.records.phrases import priced
from catalog.text.language import say

Rule = Callable[[Facts, Rivals], Iterable[Rank]]


def by_token_price(meter: str) -> Rule:
    """Rank by plain prices, sell first, else list."""

    def rule(this: Facts, rivals: Rivals) -> Iterable[Rank]:
        for kind in ("sell", "list"):
            mine = this.base(kind, meter)
            if mine is None or mine["state"] != "known":
                continue
            rows = [_same_unit(member.base(kind, meter), mine) for member in rivals.alike]
            amounts = [Decimal(row["amount"] or 0) if row else None for row in rows]
            place = place_among(Decimal(mine["amount"] or 0), amounts, best=min)
            if place:
                title = say(
                    "Lowest {meter} list price" if kind == "list" else "Lowest {meter} price",
                    meter=METERS[meter].label.lower(),
                )
                yield rank_of(
                    f"price:{meter}", title, say("lowest"), priced(mine), this, place, rivals.served
                )
                return

    return rule


def by_action_price(this: Facts, rivals: Rivals) -> Iterable[Rank]:
    """Rank actions by their lowest amount in one unit."""
    actions = dict.fromkeys(str(row["conditions"].get("action", "")) for row in this.sell)
    for action in filter(None, actions):
        mine = _cheapest(this, action, None)
        if mine is None:
            continue
        # A model without the action has no price of it to state.
        offering = [member for member in rivals.alike if action in (member.record["actions"] or [action])]
        rows = [_cheapest(member, action, mine) for member in offering]
        place = place_among(
            Decimal(mine["amount"] or 0),
            [Decimal(row["amount"] or 0) if row else None for row in rows],
            best=min,
        )
        if place:
            title = say("Lowest price for {action}", action=action.replace("_", " "))
            start = say("From {price}", price=priced(mine))
            yield rank_of(f"price:{action}", title, say("lowest"), start, this, place, rivals.served)


def _cheapest(side: Facts, action: str, like: PriceRecord | None) -> PriceRecord | None:
    rows = [
        row
        for row in side.sell
        if row["state"] == "known"
        and row["conditions"].get("action") == action
        and (like is None or _same_unit(row, like))
    ]
    # Amounts in another unit or currency have no order: the first one decides.
    alike = [row for row in rows if _same_unit(row, rows[0])]
    return min(alike, key=lambda row: Decimal(row["amount"] or 0), default=None)


def _same_unit(row: PriceRecord | None, like: PriceRecord) -> PriceRecord | None:
    same = row and row["state"] == "known" and row["meter"] == like["meter"]
    return row if same and row and (row["per"], row["currency"]) == (like["per"], like["currency"]) else None
