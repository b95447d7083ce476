"""Parts of pages that come from the catalog's own tables."""

from collections.abc import Iterable

from catalog.pricing.conditions import KINDS
from catalog.records.promises import value_in_words
from catalog.records.quote_warnings import CODES
from catalog.records.usage_tables import USAGE_TABLES, UsageRow
from catalog.search.facet import LIST_KINDS, Facet, Kind
from catalog.search.facets import FACETS, PARAMETERS
from catalog.vocabulary import PromiseName, Protocol

# Named by what happens; all others by the protocol's name.
_BRIEF = {
    Protocol.TASK: "create a task, then poll it",
    Protocol.TASK_SYNC: "an action answered at once",
    Protocol.REALTIME: "a live connection",
}

# Conditions before and behind the row on parameters; all others follow, so a new one is documented too.
_FIRST = ("prompt_tokens_over", "prompt_tokens_up_to", "service_tier", "action")
_LAST = ("utc_window", "weekdays", "region")


def filter_rows() -> str:
    """List the filters as table rows."""
    kinds = [kind for kind in Kind if kind not in LIST_KINDS]
    named = [facet for facet in PARAMETERS if facet.docs.keeps]
    lists = [facet for facet in named if facet.kind in LIST_KINDS]
    rest = [facet for kind in kinds for facet in named if facet.kind is kind]
    return "\n".join(_row(facet) for facet in (*lists, *rest))


def facet_nouns() -> str:
    """List in a sentence what models are filtered by."""
    nouns = list(dict.fromkeys(facet.docs.noun or facet.heading.lower() for facet in FACETS.values()))
    return _sentence(nouns)


def alternatives() -> str:
    """List in a sentence the filters whose values are alternatives."""
    return _sentence(_code(facet.name) for facet in PARAMETERS if facet.kind is Kind.ANY)


def together() -> str:
    """List the filters whose values must all hold."""
    names = [facet.name for facet in PARAMETERS if facet.kind is Kind.ALL]
    # Plain names first, then those of several words.
    return ", ".join(_code(name) for name in sorted(names, key=lambda name: (name.count("_"), name)))


def together_sentence() -> str:
    """List the same in a sentence."""
    return _sentence(together().split(", "))


def protocol_rows() -> str:
    """List the protocols as table rows."""
    return "\n".join(f"| `{word.value}` | {_BRIEF.get(word, word.english)} |" for word in Protocol)


def quote_warning_rows() -> str:
    """List the codes of quote warnings as table rows."""
    return "\n".join(f"| `{code}` | {meaning} |" for code, meaning in CODES.items())


def promise_rows() -> str:
    """List the promises of an operator as table rows."""
    return "\n".join(
        f"| `{word.value}` | {value_in_words(word) or '—'} | {word.english} |" for word in PromiseName
    )


def condition_rows() -> str:
    """List the kinds of condition as table rows."""
    rows = {name: f"| `{name}` | {kind.explained} |" for name, kind in KINDS.items()}
    parameter = (
        "| a request parameter, such as `output_resolution` | when the request sends this value, or a "
    )
    first = [rows.pop(name) for name in _FIRST]
    last = [rows.pop(name) for name in _LAST]
    return "\n".join([*first, f"{parameter}number within this range |", *last, *rows.values()])


def usage_object_rows() -> str:
    """List the fields of usage objects as table rows: what each counts as, and what includes it."""
    return "\n".join(
        f"| {Protocol(protocol).english} | {_ways(row)} | {_code(row.meter)} |"
        f" {_code(row.within) if row.within else ''} |"
        for protocol, rows in USAGE_TABLES.items()
        for row in rows
        if row.meter
    )


def _ways(row: UsageRow) -> str:
    fields = " or ".join(" plus ".join(map(_code, path.split(" + "))) for path in row.paths)
    return f"{fields}, where the total shows that it is not included" if row.is_beside else fields


def _row(facet: Facet) -> str:
    # What is named beside another stands last, the newest first.
    beside = [other for other in reversed(PARAMETERS) if other.docs.beside == facet.name]
    names = ", ".join(_code(_parameter(one)) for one in (facet, *beside))
    words = f": {', '.join(map(_code, facet.values))}" if facet.values else ""
    return f"| {names} | {facet.docs.keeps}{words} |"


def _parameter(facet: Facet) -> str:
    answer = {Kind.FLAG: "=true", Kind.EITHER: "=false"}.get(facet.kind, "")
    return f"{facet.name}{answer}"


def _code(text: str) -> str:
    return f"`{text}`"


def _sentence(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} and {last}" if first else last
