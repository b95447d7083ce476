"""Which of a model's protocols a usage object is of."""

from collections.abc import Iterable, Mapping
from typing import Any

from catalog.records.record import Record
from catalog.records.usage_objects import UsageReading, read_usage_object
from catalog.records.usage_paths import UsageObjectError
from catalog.records.usage_tables import IMAGES, USAGE_TABLES


def read_for_model(
    record: Record, usage: Mapping[str, Any], kind: str, protocol: str | None = None
) -> tuple[str, UsageReading]:
    """Read a model's usage object; ValueError asks for the protocol where several fit."""
    priced = _priced(record, kind)
    provider = record["provider"]["slug"]
    if protocol:
        return protocol, read_usage_object(protocol, usage, provider, priced)
    known = [row["protocol"] for row in record["endpoints"] if row["protocol"] in USAGE_TABLES]
    fitting = [name for name in dict.fromkeys(known or USAGE_TABLES) if _fits(name, usage)]
    if not fitting:
        raise UsageObjectError("protocol", None, _give("no shape", USAGE_TABLES))
    readings = {name: read_usage_object(name, usage, provider, priced) for name in fitting}
    fewest = min(len(reading.unread) for reading in readings.values())
    best = [name for name, reading in readings.items() if len(reading.unread) == fewest]
    if any(readings[name].meters != readings[best[0]].meters for name in best):
        raise UsageObjectError("protocol", None, _give("more than one shape", best))
    return best[0], readings[best[0]]


def _priced(record: Record, kind: str) -> set[str]:
    priced = {row["meter"] for row in record["prices"] if row["kind"] == kind}
    # Images are counted among all tokens to be priced with them: where those have no price, they stay apart.
    return (
        priced if "input_tokens" in priced else priced | {row["meter"] for row in record["prices"]} & IMAGES
    )


def _fits(protocol: str, usage: Mapping[str, Any]) -> bool:
    """Whether all that a protocol always states is there."""
    required = [row.paths for row in USAGE_TABLES[protocol] if row.is_required]
    return all(any(term in usage for path in paths for term in path.split(" + ")) for paths in required)


def _give(which: str, protocols: Iterable[str]) -> str:
    return f"{which} fits the object: give one of {', '.join(protocols)}"
