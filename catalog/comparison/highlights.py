"""Superlatives (cheapest, largest context …) within a family, among its active models.

Only values of the same kind and unit are ranked, at least two models must state one, and they must differ. A
shared first place is called shared.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from catalog.comparison.similarity import does_the_same
from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts
from catalog.text.language import mark, say, say_many
from catalog.text.values import spoken


@dataclass(frozen=True, slots=True)
class Standing:
    """One superlative of a model."""

    key: str
    title: str
    text: str


def standings(this: Facts, family: Iterable[Facts]) -> list[Standing]:
    """List the superlatives of an active model among its active siblings."""
    served = [member for member in family if not member.is_retired and does_the_same(this, member)]
    if this.is_retired or len(served) < 2:
        return []
    rows: list[Standing] = []
    for rule in RULES:
        rows.extend(rule(this, served))
    return rows


Rule = Callable[[Facts, Sequence[Facts]], Iterable[Standing]]
Value = Decimal | int | str


def _token_price(meter: str) -> Rule:
    """Rank by the price of a plain call, sell against sell and list against list."""

    def rule(this: Facts, served: Sequence[Facts]) -> Iterable[Standing]:
        for kind in ("sell", "list"):
            mine = this.base(kind, meter)
            if mine is None or mine["state"] != "known":
                continue
            rows = [_same_unit(member.base(kind, meter), mine) for member in served]
            amounts = [Decimal(row["amount"] or 0) for row in rows if row]
            place = _place(Decimal(mine["amount"] or 0), amounts, best=min)
            if place:
                title = say(
                    "Lowest {meter} list price" if kind == "list" else "Lowest {meter} price",
                    meter=METERS[meter].label.lower(),
                )
                value = f"{usd(mine['amount'] or 0, mine['currency'])} {price_suffix(meter, mine['per'])}"
                yield _standing(f"price:{meter}", title, say("lowest"), value, this, place)
                return

    return rule


def _action_price(this: Facts, served: Sequence[Facts]) -> Iterable[Standing]:
    """Rank each action by its lowest known amount in one unit."""
    actions = dict.fromkeys(str(row["conditions"].get("action", "")) for row in this.sell)
    for action in filter(None, actions):
        mine = _cheapest(this, action, None)
        if mine is None:
            continue
        rows = [_cheapest(member, action, mine) for member in served]
        place = _place(
            Decimal(mine["amount"] or 0), [Decimal(row["amount"] or 0) for row in rows if row], best=min
        )
        if place:
            value = f"{usd(mine['amount'] or 0, mine['currency'])} {price_suffix(mine['meter'], mine['per'])}"
            title = say("Lowest price for {action}", action=action.replace("_", " "))
            start = say("From {price}", price=value)
            yield _standing(f"price:{action}", title, say("lowest"), start, this, place)


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


def _limit(key: str, title: str, superlative: str, write: Callable[[Value], str]) -> Rule:
    def rule(this: Facts, served: Sequence[Facts]) -> Iterable[Standing]:
        mine: Value | None = this.record[key]  # type: ignore[literal-required]
        if mine is None:
            return
        values = [member.record[key] for member in served if member.record[key] is not None]  # type: ignore[literal-required]
        place = _place(mine, values, best=max)
        if place:
            yield _standing(key, say(title), say(superlative), write(mine), this, place)

    return rule


def _duration(this: Facts, served: Sequence[Facts]) -> Iterable[Standing]:
    """Rank by the longest duration a request may ask for."""
    mine = longest_duration(this)
    if mine is None:
        return
    values = [longest for member in served if (longest := longest_duration(member)) is not None]
    place = _place(mine, values, best=max)
    if place:
        seconds = say("Up to {number} seconds a request", number=f"{mine:,}")
        yield _standing("duration_seconds", say("Longest duration"), say("longest"), seconds, this, place)


def longest_duration(side: Facts) -> int | None:
    """Return the maximum duration in seconds over all actions, if recorded."""
    longest: list[int] = []
    for rows in side.record["parameters"].values():
        for row in rows:
            if row["name"] == "duration_seconds":
                longest += [int(value) for value in row["enum"] or [] if _is_whole(str(value))]
                longest += [int(Decimal(row["maximum"]))] if row["maximum"] else []
    return max(longest, default=None)


def _is_whole(text: str) -> bool:
    # str.isdigit() alone takes "²", which int() refuses.
    return text.isascii() and text.isdigit()


def _breadth(this: Facts, served: Sequence[Facts]) -> Iterable[Standing]:
    """Rank by the number of actions."""
    mine = len(this.record["actions"])
    values = [len(member.record["actions"]) for member in served if member.record["actions"]]
    place = _place(mine, values, best=max) if mine > 1 else None
    if place:
        value = say_many("{number} action", "{number} actions", mine)
        yield _standing("actions", say("Most actions"), say("most"), value, this, place)


@dataclass(frozen=True, slots=True)
class _Place:
    compared: int
    shared_with: int


def _place(mine: Value, values: Sequence[Value], best: Callable[[Iterable[Value]], Value]) -> _Place | None:
    """Return the rank-1 label if this value is a unique or shared best."""
    if len(values) < 2 or mine != best(values) or len(set(values)) == 1:
        return None
    return _Place(len(values), sum(1 for value in values if value == mine) - 1)


def _tokens(number: Value) -> str:
    return say("{number} tokens", number=f"{number:,}")


def _standing(key: str, title: str, superlative: str, value: str, this: Facts, place: _Place) -> Standing:
    words = {
        "said": value,
        "superlative": superlative,
        "compared": place.compared,
        "family": this.record["family"]["name"],
    }
    if place.shared_with:
        text = say_many(
            "{said}: the {superlative} of the {compared} {family} models still served that state one, "
            "shared with {number} other.",
            "{said}: the {superlative} of the {compared} {family} models still served that state one, "
            "shared with {number} others.",
            place.shared_with,
            **words,
        )
    else:
        text = say(
            "{said}: the {superlative} of the {compared} {family} models still served that state one.",
            **words,
        )
    return Standing(key, title, text)


RULES: Sequence[Rule] = (
    _token_price("input_tokens"),
    _token_price("output_tokens"),
    _action_price,
    _limit("context_window", mark("Largest context window"), mark("largest"), _tokens),
    _limit("max_output_tokens", mark("Largest output limit"), mark("largest"), _tokens),
    _duration,
    _breadth,
    _limit(
        "knowledge_cutoff", mark("Latest knowledge cutoff"), mark("latest"), lambda value: spoken(str(value))
    ),
    _limit(
        "released_on",
        mark("Latest release"),
        mark("latest"),
        lambda value: say("Released on {day}", day=spoken(str(value))),
    ),
)
