"""Reads a vendor's usage object by this catalog's meters.

meters_of("openai-chat", {"prompt_tokens": 40, "completion_tokens": 12})
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from catalog.records.usage_paths import LARGEST_COUNT, UsageObjectError, count_at, counts_of, unread_paths
from catalog.records.usage_tables import BESIDE, FOLDED, USAGE_TABLES, UsageRow, usage_rows


@dataclass(frozen=True, slots=True)
class UsageReading:
    """Quantities by meter, and keys that no row reads."""

    meters: Mapping[str, int]
    unread: tuple[str, ...]


def meters_of(protocol: str, usage: object, provider: str | None = None) -> Mapping[str, int]:
    """Return the meters that a usage object counts; UsageObjectError says what is wrong with it."""
    return read_usage_object(protocol, usage, provider).meters


def read_usage_object(
    protocol: str, usage: object, provider: str | None = None, priced: Collection[str] | None = None
) -> UsageReading:
    """Read a usage object; `priced` are the meters that the model has prices for.

    Without `priced`, images are counted apart and reasoning is output.
    """
    rows = usage_rows(protocol, provider)
    if not isinstance(usage, Mapping):
        raise UsageObjectError("usage", usage, "use the usage object of an answer")
    apart = FOLDED - {"reasoning_tokens"} if priced is None else FOLDED & set(priced)
    totals: Counter[str] = Counter()
    for row, count in _counted(rows, usage, provider):
        if {row.meter, row.within} & (FOLDED - apart):
            continue
        if row.meter:
            totals[row.meter] += count
        if row.within:
            totals[row.within] -= count
    _check(rows, usage, totals)
    meters = {meter: count for meter, count in totals.items() if count}
    return UsageReading(meters or {"input_tokens": 0}, unread_paths(rows, usage))


def script_rows(protocol: str, provider: str | None) -> list[dict[str, Any]]:
    """List a protocol's rows for `static/js/try_it_usage.js`; of one without a usage object, none."""
    if protocol not in USAGE_TABLES:
        return []
    rows = usage_rows(protocol, provider)
    return [_script_row(row, provider) for row in rows if row.meter or row.refusal]


def _script_row(row: UsageRow, provider: str | None) -> dict[str, Any]:
    plain = {key: value for key, value in asdict(row).items() if value}
    if folded := sorted({row.meter, row.within} & FOLDED):
        plain["only_priced"] = folded
    if row.is_beside and provider in BESIDE:
        plain["is_default"] = True
    return plain


def _counted(
    rows: Sequence[UsageRow], usage: Mapping[str, Any], provider: str | None
) -> Iterator[tuple[UsageRow, int]]:
    for row in rows:
        if not row.meter and not row.refusal:
            continue
        count = count_at(usage, row.paths)
        if count is None and row.is_required:
            raise UsageObjectError(row.paths[0], None, "is missing: give the usage object as it was answered")
        if row.refusal and count:
            raise UsageObjectError(row.paths[0], count, row.refusal)
        if count and row.is_beside and not _is_beside(rows, usage, count, provider):
            continue
        if count is not None and row.meter:
            yield row, count


def _is_beside(rows: Sequence[UsageRow], usage: Mapping[str, Any], count: int, provider: str | None) -> bool:
    """Whether reasoning is no part of the output: the total says so, or else the provider."""
    total = count_at(usage, ("total_tokens",))
    if total is None:
        return provider in BESIDE
    sent, answered = (count_at(usage, row.paths) or 0 for row in rows[:2])
    return total == sent + answered + count


def _check(rows: Sequence[UsageRow], usage: Mapping[str, Any], totals: Mapping[str, int]) -> None:
    for meter, total in totals.items():
        if 0 <= total <= LARGEST_COUNT:
            continue
        whole = next(row.paths[0] for row in rows if row.meter == meter)
        if total > LARGEST_COUNT:
            raise UsageObjectError(whole, total, f"is more than {LARGEST_COUNT} with what is added to it")
        raise UsageObjectError(
            whole,
            count_at(usage, (whole,)) or 0,
            f"is less than its parts ({_parts(rows, usage, meter)}): give an object in which it holds them",
        )


def _parts(rows: Sequence[UsageRow], usage: Mapping[str, Any], meter: str) -> str:
    stated = [pair for row in rows if row.within == meter for pair in counts_of(usage, row.paths)[:1]]
    return ", ".join(f"{path} {count}" for path, count in stated if count)
