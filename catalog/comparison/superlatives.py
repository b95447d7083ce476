"""Superlatives (cheapest, largest context …) among a family's models that are not retired."""

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal

from catalog.comparison.price_superlatives import Rule, by_action_price, by_token_price
from catalog.comparison.rank import Rank, Rivals, Value, place_among, rank_of
from catalog.comparison.similarity import does_the_same
from catalog.records.facts import Facts
from catalog.text.dates_and_ratios import spoken
from catalog.text.language import mark, say, say_many


def ranks(this: Facts, family: Iterable[Facts]) -> list[Rank]:
    """List a model's superlatives."""
    served = [member for member in family if not member.is_retired]
    alike = [member for member in served if does_the_same(this, member)]
    if this.is_retired or len(alike) < 2:
        return []
    rivals = Rivals(alike, len(served))
    rows: list[Rank] = []
    for rule in RULES:
        rows.extend(rule(this, rivals))
    return rows


def _limit(key: str, title: str, superlative: str, write: Callable[[Value], str]) -> Rule:
    def rule(this: Facts, rivals: Rivals) -> Iterable[Rank]:
        mine: Value | None = this.record[key]  # type: ignore[literal-required]
        if mine is None:
            return
        values = [member.record[key] for member in rivals.alike]  # type: ignore[literal-required]
        place = place_among(mine, values, best=max)
        if place:
            yield rank_of(key, say(title), say(superlative), write(mine), this, place, rivals.served)

    return rule


def _duration(this: Facts, rivals: Rivals) -> Iterable[Rank]:
    mine = longest_duration(this)
    if mine is None:
        return
    place = place_among(mine, [longest_duration(member) for member in rivals.alike], best=max)
    if place:
        seconds = say("Up to {number} seconds a request", number=f"{mine:,}")
        yield rank_of(
            "duration_seconds", say("Longest duration"), say("longest"), seconds, this, place, rivals.served
        )


def longest_duration(side: Facts) -> int | None:
    """Return the maximum seconds over all actions."""
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


def _breadth(this: Facts, rivals: Rivals) -> Iterable[Rank]:
    mine = len(this.record["actions"])
    values = [len(member.record["actions"]) or None for member in rivals.alike]
    place = place_among(mine, values, best=max) if mine > 1 else None
    if place:
        value = say_many("{number} action", "{number} actions", mine)
        yield rank_of("actions", say("Most actions"), say("most"), value, this, place, rivals.served)


def _tokens(number: Value) -> str:
    return say("{number} tokens", number=f"{number:,}")


RULES: Sequence[Rule] = (
    by_token_price("input_tokens"),
    by_token_price("output_tokens"),
    by_action_price,
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
