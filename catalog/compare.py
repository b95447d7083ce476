"""How models differ, computed from the records of both sides.

A difference names both values. What either side does not state is no difference, and a sibling without one
gets no card: `differences` then answers an empty list.
"""

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from catalog.conditions import canonical, describe
from catalog.facts import Facts
from catalog.money import usd
from catalog.record import PriceRecord, Record
from catalog.units import METERS, price_suffix
from catalog.vocabulary import CAPABILITIES

WORD = re.compile(r"[a-z]+")
NUMBER = re.compile(r"\d+(?:\.\d+)?")
DATE = re.compile(r"\d{8}")


@dataclass(frozen=True, slots=True)
class Difference:
    """One way in which `this` model differs from another, with both values as people read them."""

    key: str
    label: str
    this: str
    other: str
    text: str


@dataclass(frozen=True, slots=True)
class Contrast:
    """Another model, and how this one differs from it."""

    other: Facts
    differences: list[Difference]


def contrasts(this: Facts, family: Iterable[Facts], limit: int = 3) -> list[Contrast]:
    """Compare a model with its nearest siblings; only those that differ in something recorded are given."""
    found: list[Contrast] = []
    for other in nearest(this, family):
        differing = differences(this, other)
        if differing:
            found.append(Contrast(other, differing))
        if len(found) == limit:
            break
    return found


def nearest(this: Facts, family: Iterable[Facts]) -> list[Facts]:
    """Order siblings by nearness: those still served, then by work, words of the ID, version and date."""
    siblings = [other for other in family if other.record["model_id"] != this.record["model_id"]]
    return sorted(siblings, key=lambda other: _distance(this, other))


MOST_PRICES = 3


def successor(this: Facts, family: Iterable[Facts]) -> Facts | None:
    """Name the nearest sibling that is neither retired nor on its way out and does the same work.

    This is computed from the records; a replacement that a source names is `record["replacement"]`.
    """
    for other in nearest(this, family):
        if other.lifecycle in ("active", "preview") and does_the_same(this, other):
            return other
    return None


def differences(this: Facts, other: Facts) -> list[Difference]:
    """List how two models differ, the most telling first."""
    found: list[Difference] = []
    for rule in RULES:
        found.extend(rule(this, other))
    return found


def _price_differences(this: Facts, other: Facts) -> Iterable[Difference]:
    """Compare prices of one kind, meter, unit and set of conditions; what one side lacks is no difference."""
    for meter in METERS:
        for kind in ("sell", "list"):
            mine, theirs = _comparable(this, kind, meter), _comparable(other, kind, meter)
            pairs = [(mine[key], theirs[key]) for key in mine if key in theirs]
            for left, right in pairs[:MOST_PRICES]:
                if left["amount"] != right["amount"]:
                    yield _price_difference(meter, kind, left, right)
            if pairs:
                break


def _comparable(side: Facts, kind: str, meter: str) -> dict[tuple[str, int, str], PriceRecord]:
    """Give the prices that say all of what a call under their conditions costs, by what makes prices alike.

    A media price that gives way to others under further conditions says only part of it, and is left out. Of
    tokens the plain price is what is compared.
    """
    rows = [
        row
        for row in side.prices
        if row["kind"] == kind and row["meter"] == meter and row["state"] == "known"
    ]
    if METERS[meter].group == "tokens":
        rows = [row for row in rows if not row["conditions"]]
    else:
        rows = [row for row in rows if not any(gives_way(row, further) for further in rows)]
    return {(canonical(row["conditions"]), row["per"], row["currency"]): row for row in rows}


def gives_way(row: PriceRecord, further: PriceRecord) -> bool:
    """Say whether a price holds only where another, under further conditions, does not."""
    return row["conditions"].items() < further["conditions"].items()


def _price_difference(meter: str, kind: str, mine: PriceRecord, theirs: PriceRecord) -> Difference:
    this, other = Decimal(mine["amount"] or 0), Decimal(theirs["amount"] or 0)
    is_token = METERS[meter].group == "tokens"
    label = METERS[meter].label if is_token else "Price"
    mine_said, theirs_said = usd(this, mine["currency"]), usd(other, theirs["currency"])
    verb = f"{label} costs" if is_token else "Costs"
    unit = price_suffix(meter, mine["per"]) + (", list price" if kind == "list" else "")
    when = f" ({', '.join(describe(mine['conditions']))})" if mine["conditions"] else ""
    text = f"{verb} {_against(this, other)}: {mine_said} against {theirs_said} {unit}{when}."
    key = f"price:{meter}" if not mine["conditions"] else f"price:{meter}:{canonical(mine['conditions'])}"
    return Difference(key, label, mine_said, theirs_said, text)


def _against(this: Decimal, other: Decimal) -> str:
    if this > other:
        return f"{rounded(this / other)} times as much"
    return f"{rounded((other - this) * 100 / other)}% less"


def rounded(value: Decimal) -> str:
    """Write a ratio to two decimals; "about" where that drops anything. Amounts are never rounded."""
    shown = value.quantize(Decimal("0.01"), rounding=ROUND_HALF_UP)
    digits = f"{shown:f}".rstrip("0").rstrip(".")
    return digits if shown == value else f"about {digits}"


def _limit(key: str, label: str, noun: str) -> "Rule":
    def rule(this: Facts, other: Facts) -> Iterable[Difference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if mine and theirs and mine != theirs:
            word = "Larger" if mine > theirs else "Smaller"
            text = f"{word} {noun}: {mine:,} against {theirs:,} tokens."
            yield Difference(key, label, f"{mine:,}", f"{theirs:,}", text)

    return rule


def _words(key: str, label: str, verb: str, name: Callable[[str], str]) -> "Rule":
    """Compare two lists of words, where both sides state theirs."""

    def rule(this: Facts, other: Facts) -> Iterable[Difference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if not mine or not theirs:
            return
        more = [name(word) for word in mine if word not in theirs]
        less = [name(word) for word in theirs if word not in mine]
        if more or less:
            parts = [f"{verb} {_list(more)}"] if more else []
            parts += [f"{'does' if more else 'Does'} not {_bare(verb)} {_list(less)}"] if less else []
            text = f"{'; '.join(parts)}, as recorded."
            yield Difference(key, label, _list(more) or "None", _list(less) or "None", text)

    return rule


def _release(this: Facts, other: Facts) -> Iterable[Difference]:
    mine, theirs = this.record["released_on"], other.record["released_on"]
    if mine and theirs and mine != theirs:
        days = abs((date.fromisoformat(mine) - date.fromisoformat(theirs)).days)
        span = f"{days:,} {'day' if days == 1 else 'days'} {'later' if mine > theirs else 'earlier'}"
        text = f"Released {span}, on {spoken(mine)}."
        yield Difference("released_on", "Released", spoken(mine), spoken(theirs), text)


def _cutoff(this: Facts, other: Facts) -> Iterable[Difference]:
    mine, theirs = this.record["knowledge_cutoff"], other.record["knowledge_cutoff"]
    if mine and theirs and mine[:7] != theirs[:7]:
        word = "Later" if mine > theirs else "Earlier"
        text = f"{word} knowledge cutoff: {spoken(mine)} against {spoken(theirs)}."
        yield Difference("knowledge_cutoff", "Knowledge cutoff", spoken(mine), spoken(theirs), text)


def _lifecycle(this: Facts, other: Facts) -> Iterable[Difference]:
    if this.lifecycle and other.lifecycle and this.lifecycle != other.lifecycle:
        text = f"This model is {_stage(this)}; {other.record['name']} is {_stage(other)}."
        yield Difference("lifecycle", "Lifecycle", _stage(this), _stage(other), text)


def _stage(side: Facts) -> str:
    retires = side.record["retires_on"]
    if side.lifecycle == "deprecated" and retires:
        return f"deprecated and retires on {spoken(retires)}"
    return str(side.lifecycle)


def _parameters(this: Facts, other: Facts) -> Iterable[Difference]:
    """Compare what the requests of actions that both have may hold: allowed values first, then parameters."""
    for action in sorted(this.record["parameters"].keys() & other.record["parameters"].keys()):
        mine = {row["name"]: row for row in this.record["parameters"][action]}
        theirs = {row["name"]: row for row in other.record["parameters"][action]}
        for name in [name for name in mine if name in theirs]:
            left, right = mine[name]["enum"], theirs[name]["enum"]
            if left and right and set(map(str, left)) != set(map(str, right)):
                this_says, other_says = _list(map(str, left)), _list(map(str, right))
                text = f"`{name}` takes {this_says} here, {other_says} there."
                yield Difference(f"parameter:{action}.{name}", name, this_says, other_says, text)
        more = [f"`{name}`" for name in mine if name not in theirs]
        less = [f"`{name}`" for name in theirs if name not in mine]
        if more:
            yield Difference(f"more:{action}", "Parameters", _list(more), "", f"Takes {_list(more)} as well.")
        if less:
            yield Difference(f"less:{action}", "Parameters", "", _list(less), f"Does not take {_list(less)}.")


Rule = Callable[[Facts, Facts], Iterable[Difference]]

RULES: Sequence[Rule] = (
    _price_differences,
    _limit("context_window", "Context window", "context window"),
    _limit("max_output_tokens", "Max output", "output limit"),
    _lifecycle,
    _words("actions", "Actions", "Offers", lambda word: word.replace("_", " ")),
    _words("input_modalities", "Reads", "Reads", lambda word: word),
    _words("output_modalities", "Writes", "Writes", lambda word: word),
    _words("capabilities", "Capabilities", "Supports", lambda word: CAPABILITIES[word].lower()),
    _release,
    _cutoff,
    _parameters,
)


def spoken(day: str) -> str:
    """Write a date for people: `2026-11-30` is "30 November 2026", `2025-01` is "January 2025"."""
    if len(day) == 7:
        return f"{date.fromisoformat(f'{day}-01'):%B %Y}"
    parsed = date.fromisoformat(day)
    return f"{parsed.day} {parsed:%B %Y}"


def _bare(verb: str) -> str:
    return verb.lower().removesuffix("s")


def _list(words: Iterable[str]) -> str:
    *head, tail = [*words] or [""]
    return f"{', '.join(head)} and {tail}" if head else tail


def does_the_same(this: Facts, other: Facts) -> bool:
    """Say whether two models make the same kind of thing, in a protocol and an action that both have."""
    mine, theirs = this.record, other.record
    spoken_by_both = _protocols(mine) & _protocols(theirs)
    return (
        mine["modality"] == theirs["modality"]
        and (bool(spoken_by_both) or not mine["endpoints"] or not theirs["endpoints"])
        and (not mine["actions"] or bool(set(mine["actions"]) & set(theirs["actions"])))
    )


def _protocols(record: Record) -> set[str]:
    return {row["protocol"] for row in record["endpoints"]}


def _distance(this: Facts, other: Facts) -> tuple[float | str, ...]:
    """Say how far two siblings are apart; ratios of counts and days, no money."""
    mine, theirs = this.record, other.record
    my_words, their_words = _line(mine["model_id"]), _line(theirs["model_id"])
    my_version, their_version = _version(mine["model_id"]), _version(theirs["model_id"])
    days = 9999
    if mine["released_on"] and theirs["released_on"]:
        days = abs((date.fromisoformat(mine["released_on"]) - date.fromisoformat(theirs["released_on"])).days)
    return (
        other.is_retired,
        not does_the_same(this, other),
        len(my_words ^ their_words),
        abs(my_version - their_version),
        days,
        theirs["model_id"],
    )


def _line(model_id: str) -> set[str]:
    return set(WORD.findall(model_id.lower()))


def _version(model_id: str) -> float:
    numbers = NUMBER.findall(DATE.sub("", model_id.lower()))
    major = numbers[0] if numbers else "0"
    minor = numbers[1] if len(numbers) > 1 and "." not in major and len(numbers[1]) < 3 else ""
    return float(f"{major}.{minor}" if minor and "." not in minor else major)
