"""HTTP headers of a deprecated or retired model."""

from datetime import UTC, date, datetime
from email.utils import format_datetime

from catalog.records.facts import Facts


def end_of_life_headers(current: Facts, successor_url: str | None = None) -> dict[str, str]:
    """Return `Deprecation` (RFC 9745), `Sunset` (RFC 8594) and `Link`, as far as they are known.

    `successor_url` is the model to use instead, in the same format.

    >>> end_of_life_headers(facts, f"{site.url}{living.path}.md")
    {'Deprecation': '@1764460800', 'Sunset': 'Mon, 30 Nov 2026 00:00:00 GMT', 'Link': '<…>; rel="…"'}
    """
    record = current.record
    if not is_ending(current):
        return {}
    headers = {}
    deprecated, retires = record["deprecated_on"], record["retires_on"]
    if deprecated:
        headers["Deprecation"] = f"@{int(_midnight(deprecated).timestamp())}"
    if retires:
        # The model's end, not the page's: the page stays. It is the first day without answers.
        headers["Sunset"] = format_datetime(_midnight(retires), usegmt=True)
    if successor_url:
        # A page may have links already: callers append this one.
        headers["Link"] = f'<{successor_url}>; rel="successor-version"'
    return headers


def is_ending(current: Facts) -> bool:
    """Whether a model is deprecated, retired, or has a date for either."""
    return current.lifecycle in {"deprecated", "retired"} or current.record["deprecated_on"] is not None


def _midnight(day: str) -> datetime:
    return datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)
