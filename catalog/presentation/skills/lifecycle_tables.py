"""A family's announced prices and retirements."""

from collections.abc import Iterable

from catalog.presentation.wording import markdown
from catalog.pricing.conditions import describe
from catalog.pricing.price import PriceRecord
from catalog.records.facts import Facts
from catalog.records.phrases import component, priced
from catalog.vocabulary import PriceKind


def announced(members: Iterable[Facts]) -> list[str]:
    """List prices not yet in force."""
    return [
        f"- From {row['effective_from']}: {markdown.code(member.record['model_id'])},"
        f" {markdown.text(_priced(row))} ({PriceKind(row['kind']).label.lower()})"
        for member in members
        for row in member.announced
    ]


def ends(members: Iterable[Facts]) -> list[str]:
    """List deprecated and retired models."""
    lines = []
    for member in members:
        record = member.record
        events = []
        if record["deprecated_on"]:
            events.append(f"deprecated on {record['deprecated_on']}")
        if record["retires_on"]:
            events.append(f"{'retired' if member.is_retired else 'retires'} on {record['retires_on']}")
        elif member.is_retired:
            events.append("retired")
        elif member.lifecycle == "deprecated" and not events:
            events.append("deprecated")
        if not events:
            continue
        instead = record["replacement"]
        events.append(f"replaced by {markdown.code(instead)}" if instead else "no replacement is on record")
        lines.append(f"- {markdown.code(record['model_id'])}: {', '.join(events)}")
    return lines


def _priced(row: PriceRecord) -> str:
    return ", ".join([component(row), *describe(row["conditions"]), priced(row)])
