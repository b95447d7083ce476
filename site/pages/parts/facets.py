"""Filters of the models page, as people read them."""

from dataclasses import dataclass, replace

from catalog.search.facet import BOUND_KINDS, LIST_KINDS
from catalog.search.facet_index.offered import ValueCount
from catalog.search.facets import FACETS, label
from catalog.search.selection import RELEVANCE
from catalog.text.language import say
from pages.list_state import SORT_LABELS, TOKEN_SORTS, State

SHOWN = 20  # values of a wide facet
MORE = 200  # where more are asked for
BOUNDS = tuple(name for name, facet in FACETS.items() if facet.kind in BOUND_KINDS)
OPEN = frozenset(facet.heading for facet in FACETS.values() if facet.is_open)


@dataclass(frozen=True, slots=True)
class FacetOption:
    """A filter's value; `url` adds or removes it."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with its values; `more_url` shows more."""

    heading: str
    options: list[FacetOption]
    is_open: bool
    more_url: str = ""


@dataclass(frozen=True, slots=True)
class SortLink:
    """A choice of order; `direction` marks the current one."""

    key: str
    label: str
    url: str
    direction: str


@dataclass(frozen=True, slots=True)
class Bound:
    """A bound to type."""

    name: str
    label: str
    kind: str
    value: str


def bounds(state: State) -> list[Bound]:
    """List the bounds as they are set."""
    chosen = dict(state.carried())
    return [
        Bound(name, say(FACETS[name].bound), FACETS[name].kind.name.lower(), chosen.get(name, ""))
        for name in BOUNDS
    ]


def most(state: State) -> int:
    """Return how many values of a wide facet to fetch."""
    return (MORE if state.more else SHOWN) + 1  # one more tells that there are more


def filters(state: State, counts: dict[str, list[ValueCount]]) -> list[Filter]:
    """Lay out the filters."""
    by_heading: dict[str, Filter] = {}
    for name, rows in counts.items():
        facet = FACETS[name]
        shown = rows
        limit = MORE if name in state.more else SHOWN
        if facet.wide and len(rows) > limit:
            chosen = getattr(state.selection, name)
            # What is chosen stays, so that it can be taken away.
            shown = rows[:limit] + [row for row in rows[limit:] if row.value in chosen]
        options = [_option(state, name, row) for row in _with_chosen(state, name, shown)]
        is_cut = len(shown) < len(rows) and name not in state.more
        more_url = replace(state, more=(*state.more, name)).address() if is_cut else ""
        # Facets may share a heading, as one filter.
        held = by_heading.get(facet.heading)
        is_open = facet.heading in OPEN or any(option.selected for option in options)
        by_heading[facet.heading] = Filter(
            say(facet.heading),
            [*(held.options if held else []), *options],
            is_open or bool(held and held.is_open),
            more_url,
        )
    return [group for group in by_heading.values() if group.options]


def sort_links(state: State, *, is_token_priced: bool) -> list[SortLink]:
    """List the orders that can change something, and the current one."""
    order, usual = state.selection.order, RELEVANCE if state.selection.q else "name"
    return [
        SortLink(
            key,
            say(text),
            state.select(state.selection.change(sort="" if key == usual else key)).address(),
            "current" if key == order else "",
        )
        for key, text in SORT_LABELS.items()
        if (key != RELEVANCE or state.selection.q)
        and (is_token_priced or key not in TOKEN_SORTS or key == order)
    ]


def _with_chosen(state: State, name: str, rows: list[ValueCount]) -> list[ValueCount]:
    if FACETS[name].kind in LIST_KINDS:
        return rows
    # A bound that was typed is none of the values offered.
    own = [text for key, text in state.carried() if key == name]
    known = {row.value for row in rows}
    return [ValueCount(text, label(name, text), -1) for text in own if text not in known] + rows


def _option(state: State, name: str, row: ValueCount) -> FacetOption:
    toggled = state.toggled(name, row.value)
    is_set = row.value in [text for key, text in state.carried() if key == name]
    return FacetOption(row.value, row.label, row.count, is_set, toggled.address())
