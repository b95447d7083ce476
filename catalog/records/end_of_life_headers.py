"""HTTP headers of a deprecated or retired model: `Deprecation`, `Sunset`, and a link to its successor."""

from datetime import UTC, date, datetime
from email.utils import format_datetime

from catalog.records.facts import Facts
from catalog.records.record import Record


def end_of_life_headers(current: Facts, successor_url: str | None = None) -> dict[str, str]:
    """Return the headers for a model's page, its twins and its API record; empty without a known end.

    `Deprecation` (RFC 9745) is the day of its deprecation, `Sunset` (RFC 8594) the first day on which it no
    longer answers; both are about the model, whose page stays. `successor_url` is the replacement in the same
    format, given only if a source names it. `Link` is to be appended to an existing header of that name.

        >>> end_of_life_headers(facts, f"{site.url}{record['replacement_path']}.md")  # a Markdown twin
        {'Deprecation': '@1764460800', 'Sunset': 'Mon, 30 Nov 2026 00:00:00 GMT', 'Link': '<…>; rel="…"'}
    """
    record = current.record
    if not is_ending(current):
        return {}
    headers = {}
    deprecated, retires = _deprecated_on(current), record["retires_on"]
    if deprecated:
        headers["Deprecation"] = f"@{int(_midnight(deprecated).timestamp())}"
    if retires:
        headers["Sunset"] = format_datetime(_midnight(retires), usegmt=True)
    if record["replacement"] and successor_url:
        headers["Link"] = f'<{successor_url}>; rel="successor-version"'
    return headers


def is_ending(current: Facts) -> bool:
    """Whether a model is deprecated, retired, or has a date for either."""
    return current.lifecycle in {"deprecated", "retired"} or current.record["deprecated_on"] is not None


def _deprecated_on(current: Facts) -> str | None:
    """Return the day of deprecation; where none is published, a day by which it was known.

    That is the day its end was read from its source, or its retirement date if earlier.
    """
    record = current.record
    if record["deprecated_on"]:
        return record["deprecated_on"]
    known = [day for day in (_read_on(record), record["retires_on"]) if day]
    return min(known, default=None)


def _read_on(record: Record) -> str | None:
    field = "retires_on" if record["retires_on"] else "lifecycle"
    days = [row["checked_on"] for row in record["sources"] if row["field"] == field and row["checked_on"]]
    return min(days, default=None)


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
