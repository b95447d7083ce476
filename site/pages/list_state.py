"""The models page's state in its query string."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import TypeAlias
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.search.facet import LIST_KINDS, Kind
from catalog.search.facets import FACETS, LISTS
from catalog.search.selection import RELEVANCE, SORTS, Selection
from catalog.text.language import mark
from catalog.text.paging import page_number

PER_PAGE = 60
# Bounds of what an address may ask for.
MOST_VALUES = 30
MOST_CONTEXT = 10**12
MOST_AMOUNT = 1_000_000
VIEW_LABELS = {"table": mark("Table"), "cards": mark("Cards")}
VIEWS = tuple(VIEW_LABELS)
SORT_LABELS = {
    RELEVANCE: mark("Best match"),
    "name": mark("Name"),
    "-released_on": mark("Newest"),
    "-context_window": mark("Largest context"),
    "input_price": mark("Lowest input price"),
    "output_price": mark("Lowest output price"),
}
TOKEN_SORTS = ("input_price", "output_price")
# All that `read_state` and `read_page` read.
NAMES = ("q", *FACETS, "sort", "view", "more", "at", "page")
_AMOUNT = re.compile(r"\d{1,7}(\.\d{1,9})?")


FilterValue: TypeAlias = tuple[str, ...] | bool | int | Decimal | date


@dataclass(frozen=True, slots=True)
class State:
    """Selection, view, instant, and invalid values."""

    selection: Selection = field(default_factory=Selection)
    view: str = "table"
    more: tuple[str, ...] = ()
    at: str = ""
    ignored: tuple[str, ...] = ()

    def address(self, page: int = 1, path: str = "/models") -> str:
        """Return the canonical address: fixed order, no defaults."""
        pairs = [("q", self.selection.q)] if self.selection.q else []
        pairs += self.carried()
        if page > 1:
            pairs.append(("page", str(page)))
        return f"{path}?{urlencode(pairs)}" if pairs else path

    def carried(self, without: Iterable[str] = ()) -> list[tuple[str, str]]:
        """List what a new search keeps, as parameters."""
        left_out = set(without)
        pairs = [(name, text) for name in FACETS for text in _texts(self.selection, name)]
        pairs += [("sort", self.selection.sort)] if self.selection.sort else []
        pairs += [("view", self.view)] if self.view != VIEWS[0] else []
        pairs += [("more", name) for name in self.more]
        pairs += [("at", self.at)] if self.at else []
        return [pair for pair in pairs if pair[0] not in left_out]

    def select(self, selection: Selection) -> "State":
        """Replace the selection."""
        return replace(self, selection=selection)

    def toggled(self, name: str, value: str) -> "State":
        """Add a value to a filter, or remove it; a bound replaces another."""
        chosen = _texts(self.selection, name)
        if FACETS[name].kind in LIST_KINDS:
            values = [item for item in chosen if item != value] if value in chosen else [*chosen, value]
            changed: FilterValue | None = tuple(values)
        elif value in chosen:
            changed = FACETS[name].default
        else:
            changed = _read(FACETS[name].kind, value)
        return self.select(self.selection.change(**{name: changed}))


def read_state(query: QueryDict) -> State:
    """Read a state leniently: invalid values are ignored and named, unknown ones narrow to nothing."""
    chosen: dict[str, FilterValue] = {}
    ignored = []
    for name, facet in FACETS.items():
        if name in LISTS:
            chosen[name], is_whole = _clean(query.getlist(name))
        else:
            text = query.get(name, "").strip()
            value = _read(facet.kind, text) if text else None
            is_whole = not text or value is not None
            if value is not None:
                chosen[name] = value
        if not is_whole:
            ignored.append(name)
    sort = query.get("sort", "")
    if sort and sort.removeprefix("-") not in SORTS and sort != RELEVANCE:
        ignored.append("sort")
        sort = ""
    # PostgreSQL refuses to look for a NUL.
    q = query.get("q", "").replace("\0", " ").strip()[:200].strip()
    view = query.get("view", "")
    return State(
        # The default order is left out, so that each state has one address.
        selection=Selection(q=q, sort="" if sort == (RELEVANCE if q else "name") else sort, **chosen),
        view=view if view in VIEWS else VIEWS[0],
        more=tuple(name for name in FACETS if name in query.getlist("more")),
        at=query.get("at", "").strip(),
        ignored=tuple(ignored),
    )


def read_page(query: QueryDict) -> int:
    """Return the page number, 1 where it is none."""
    return page_number(query.get("page", ""))


def _read(kind: Kind, text: str) -> FilterValue | None:
    if kind in (Kind.FLAG, Kind.EITHER):
        return {"true": True, "false": False}.get(text)
    if kind is Kind.LEAST:
        number = int(text) if text.isascii() and text.isdecimal() and len(text) <= 13 else -1
        return number if 0 <= number <= MOST_CONTEXT else None
    if kind is Kind.MOST:
        amount = Decimal(text) if text.isascii() and _AMOUNT.fullmatch(text) else None
        return amount if amount is not None and amount <= MOST_AMOUNT else None
    try:
        return date.fromisoformat(text) if len(text) == len("2026-01-01") else None  # not 20260101
    except ValueError:
        return None


def _texts(selection: Selection, name: str) -> list[str]:
    chosen = getattr(selection, name)
    if isinstance(chosen, tuple):
        return sorted(chosen)
    if chosen == FACETS[name].default:
        return []
    if isinstance(chosen, bool):
        return [str(chosen).lower()]
    return [f"{chosen:f}" if isinstance(chosen, Decimal) else str(chosen)]


def _clean(values: Iterable[str]) -> tuple[tuple[str, ...], bool]:
    """Return valid values, and whether these are all."""
    given = [value.strip() for value in values if value.strip()]
    clean_values = list(dict.fromkeys(value for value in given if "\0" not in value and len(value) <= 100))
    return tuple(clean_values[:MOST_VALUES]), len(clean_values) == len(set(given)) <= MOST_VALUES
