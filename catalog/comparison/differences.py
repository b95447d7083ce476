"""How two models differ, computed from both records.

A difference names both values. What either side does not state is no difference, and `differences` is empty
where nothing differs.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from catalog.comparison.similarity import nearest
from catalog.pricing.conditions import canonical, describe
from catalog.pricing.money import usd
from catalog.pricing.price import PriceRecord
from catalog.pricing.units import METERS, price_suffix
from catalog.records.facts import Facts, gives_way
from catalog.text.language import mark, say, say_many
from catalog.text.values import percent, rounded, spoken
from catalog.vocabulary import CAPABILITIES, Lifecycle


@dataclass(frozen=True, slots=True)
class FieldDifference:
    """One difference between `this` model and another, with both values as people read them."""

    key: str
    label: str
    this: str
    other: str
    text: str


@dataclass(frozen=True, slots=True)
class ModelContrast:
    """Another model, and how this one differs from it."""

    other: Facts
    differences: list[FieldDifference]


def contrasts(this: Facts, family: Iterable[Facts], limit: int = 3) -> list[ModelContrast]:
    """List the nearest siblings that differ in a recorded fact."""
    nearest_first: list[ModelContrast] = []
    for other in nearest(this, family):
        differing = differences(this, other)
        if differing:
            nearest_first.append(ModelContrast(other, differing))
        if len(nearest_first) == limit:
            break
    return nearest_first


MOST_PRICES = 3


def differences(this: Facts, other: Facts) -> list[FieldDifference]:
    """List how two models differ, most telling first."""
    rows: list[FieldDifference] = []
    for rule in RULES:
        rows.extend(rule(this, other))
    return rows


def _price_differences(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare prices of one kind, meter, unit and conditions."""
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
    """Return prices that state the whole cost of a call under their conditions, by what makes prices alike.

    A media price that others override under further conditions is left out; of tokens, the plain price
    counts.
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


def _price_difference(meter: str, kind: str, mine: PriceRecord, theirs: PriceRecord) -> FieldDifference:
    this, other = Decimal(mine["amount"] or 0), Decimal(theirs["amount"] or 0)
    is_token = METERS[meter].group == "tokens"
    label = METERS[meter].label if is_token else say("Price")
    mine_said, theirs_said = usd(this, mine["currency"]), usd(other, theirs["currency"])
    unit = price_suffix(meter, mine["per"])
    text = say(
        "{meter} costs {difference}: {this} against {other} {unit}."
        if is_token
        else "Costs {difference}: {this} against {other} {unit}.",
        meter=label,
        difference=_against(this, other),
        this=mine_said,
        other=theirs_said,
        unit=(say("{unit}, list price", unit=unit) if kind == "list" else unit)
        + (f" ({', '.join(describe(mine['conditions']))})" if mine["conditions"] else ""),
    )
    key = f"price:{meter}" if not mine["conditions"] else f"price:{meter}:{canonical(mine['conditions'])}"
    return FieldDifference(key, label, mine_said, theirs_said, text)


def _against(this: Decimal, other: Decimal) -> str:
    if this > other:
        return say("{ratio} times as much", ratio=rounded(this / other))
    return say("{share}% less", share=rounded(-percent(other, this)))


def _limit(key: str, label: str, larger: str, smaller: str) -> "Rule":
    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if mine and theirs and mine != theirs:
            text = say(larger if mine > theirs else smaller, this=f"{mine:,}", other=f"{theirs:,}")
            yield FieldDifference(key, say(label), f"{mine:,}", f"{theirs:,}", text)

    return rule


def _words(key: str, label: str, texts: tuple[str, str, str], name: Callable[[str], str]) -> "Rule":
    """Compare two sets of words that both sides state; `texts` is for more, less, and both."""
    does, lacks, both = texts

    def rule(this: Facts, other: Facts) -> Iterable[FieldDifference]:
        mine, theirs = this.record[key], other.record[key]  # type: ignore[literal-required]
        if not mine or not theirs:
            return
        more = [name(word) for word in mine if word not in theirs]
        less = [name(word) for word in theirs if word not in mine]
        if more or less:
            words = {"more": _list(more), "less": _list(less)}
            text = say(does if not less else lacks if not more else both, **words)
            yield FieldDifference(
                key, say(label), _list(more) or say("None"), _list(less) or say("None"), text
            )

    return rule


def _release(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    mine, theirs = this.record["released_on"], other.record["released_on"]
    if mine and theirs and mine != theirs:
        days = abs((date.fromisoformat(mine) - date.fromisoformat(theirs)).days)
        text = say(
            "Released {span} later, on {day}." if mine > theirs else "Released {span} earlier, on {day}.",
            span=say_many("{number} day", "{number} days", days),
            day=spoken(mine),
        )
        yield FieldDifference("released_on", say("Released"), spoken(mine), spoken(theirs), text)


def _cutoff(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    mine, theirs = this.record["knowledge_cutoff"], other.record["knowledge_cutoff"]
    if mine and theirs and mine[:7] != theirs[:7]:
        text = say(
            "Later knowledge cutoff: {this} against {other}."
            if mine > theirs
            else "Earlier knowledge cutoff: {this} against {other}.",
            this=spoken(mine),
            other=spoken(theirs),
        )
        yield FieldDifference("knowledge_cutoff", say("Knowledge cutoff"), spoken(mine), spoken(theirs), text)


def _lifecycle(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    if this.lifecycle and other.lifecycle and this.lifecycle != other.lifecycle:
        text = say(
            "This model is {this}; {name} is {other}.",
            this=_stage(this),
            name=other.record["name"],
            other=_stage(other),
        )
        yield FieldDifference("lifecycle", say("Lifecycle"), _stage(this), _stage(other), text)


def _stage(side: Facts) -> str:
    retires = side.record["retires_on"]
    if side.lifecycle == "deprecated" and retires:
        return say("deprecated and retires on {day}", day=spoken(retires))
    return Lifecycle(side.lifecycle).label.lower() if side.lifecycle else ""


def _parameters(this: Facts, other: Facts) -> Iterable[FieldDifference]:
    """Compare parameters of shared actions: allowed values first, then which parameters there are."""
    for action in sorted(this.record["parameters"].keys() & other.record["parameters"].keys()):
        mine = {row["name"]: row for row in this.record["parameters"][action]}
        theirs = {row["name"]: row for row in other.record["parameters"][action]}
        for name in [name for name in mine if name in theirs]:
            left, right = mine[name]["enum"], theirs[name]["enum"]
            if left and right and set(map(str, left)) != set(map(str, right)):
                this_says, other_says = _list(map(str, left)), _list(map(str, right))
                text = say(
                    "`{name}` takes {this} here, {other} there.", name=name, this=this_says, other=other_says
                )
                yield FieldDifference(f"parameter:{action}.{name}", name, this_says, other_says, text)
        more = [f"`{name}`" for name in mine if name not in theirs]
        less = [f"`{name}`" for name in theirs if name not in mine]
        if more:
            text = say("Takes {names} as well.", names=_list(more))
            yield FieldDifference(f"more:{action}", say("Parameters"), _list(more), "", text)
        if less:
            text = say("Does not take {names}.", names=_list(less))
            yield FieldDifference(f"less:{action}", say("Parameters"), "", _list(less), text)


Rule = Callable[[Facts, Facts], Iterable[FieldDifference]]

RULES: Sequence[Rule] = (
    _price_differences,
    _limit(
        "context_window",
        mark("Context window"),
        mark("Larger context window: {this} against {other} tokens."),
        mark("Smaller context window: {this} against {other} tokens."),
    ),
    _limit(
        "max_output_tokens",
        mark("Max output"),
        mark("Larger output limit: {this} against {other} tokens."),
        mark("Smaller output limit: {this} against {other} tokens."),
    ),
    _lifecycle,
    _words(
        "actions",
        mark("Actions"),
        (
            mark("Offers {more}, as recorded."),
            mark("Does not offer {less}, as recorded."),
            mark("Offers {more}; does not offer {less}, as recorded."),
        ),
        lambda word: word.replace("_", " "),
    ),
    _words(
        "input_modalities",
        mark("Reads"),
        (
            mark("Reads {more}, as recorded."),
            mark("Does not read {less}, as recorded."),
            mark("Reads {more}; does not read {less}, as recorded."),
        ),
        lambda word: word,
    ),
    _words(
        "output_modalities",
        mark("Writes"),
        (
            mark("Writes {more}, as recorded."),
            mark("Does not write {less}, as recorded."),
            mark("Writes {more}; does not write {less}, as recorded."),
        ),
        lambda word: word,
    ),
    _words(
        "capabilities",
        mark("Capabilities"),
        (
            mark("Supports {more}, as recorded."),
            mark("Does not support {less}, as recorded."),
            mark("Supports {more}; does not support {less}, as recorded."),
        ),
        lambda word: say(CAPABILITIES[word]).lower(),
    ),
    _release,
    _cutoff,
    _parameters,
)


def _list(words: Iterable[str]) -> str:
    *head, tail = [*words] or [""]
    return say("{first} and {last}", first=", ".join(head), last=tail) if head else tail
