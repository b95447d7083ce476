"""A family's announced prices and retirements."""

from collections.abc import Iterable, Iterator, Sequence

from catalog.presentation.wording import markdown
from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.records.end_of_life_headers import is_ending
from catalog.records.facts import Facts
from catalog.records.phrases import component, priced
from catalog.search.successors import Successors, successors_of
from catalog.vocabulary import PriceKind


def announced(members: Iterable[Facts]) -> list[str]:
    """List prices not yet in force."""
    return [
        f"- From {row['effective_from']}: {markdown.code(member.record['model_id'])},"
        f" {markdown.text(_priced(row))} ({PriceKind(row['kind']).label.lower()})"
        for member in members
        for row in member.announced
    ]


def ends(members: Sequence[Facts]) -> list[str]:
    """List models with a day of their end, and what to use instead."""
    if not members:
        return []
    follows = successors_of((member.record for member in members), members[0].at)
    lines = []
    for member in members:
        events = list(_events(member))
        if events:
            model_id = member.record["model_id"]
            # What is not going yet needs no replacement.
            instead = [_instead(follows[model_id])] if is_ending(member) else []
            lines.append(f"- {markdown.code(model_id)}: {', '.join([*events, *instead])}")
    return lines


def _events(member: Facts) -> Iterator[str]:
    record = member.record
    if record["deprecated_on"]:
        yield f"deprecated on {record['deprecated_on']}"
    elif member.lifecycle == "deprecated" and not record["retires_on"]:
        yield "deprecated"
    if record["retires_on"]:
        yield f"{'retired' if member.is_retired else 'retires'} on {record['retires_on']}"
    elif member.is_retired:
        yield "retired"
    elif record["retires_not_before"]:
        yield f"retires not before {record['retires_not_before']}"


def _instead(follows: Successors) -> str:
    named = ", ".join(markdown.code(one.model_id) for one in follows.stated)
    if not named:
        return "no replacement is on record"
    if follows.living is None:
        return f"replaced by {named}, not active here"
    is_clear = follows.stated == (follows.living,)
    return f"replaced by {named}" + ("" if is_clear else f": use {markdown.code(follows.living.model_id)}")


def _priced(row: PriceRecord) -> str:
    return ", ".join([component(row), *describe(row["conditions"]), priced(row)])
