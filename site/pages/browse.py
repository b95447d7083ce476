"""The state of the models page, read from and written to its query string."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.selection import FACETS, SORTS, FacetCount, Selection
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality, Protocol, Severity

PER_PAGE = 60
LAST_PAGE = 10_000
MOST_VALUES = 30
HEADINGS = {
    "provider": "Provider",
    "family": "Family",
    "modality": "Modality",
    "lifecycle": "Lifecycle",
    "status": "Status",
    "capability": "Capability",
}
LABELS: dict[str, dict[str, str]] = {
    "modality": dict(Modality.choices),
    "lifecycle": dict(Lifecycle.choices),
    "status": dict(Severity.choices),
    "capability": CAPABILITIES,
    "protocol": dict(Protocol.choices),
}
SORT_LABELS = {
    "name": "Name",
    "-released_on": "Newest",
    "-context_window": "Largest context",
    "input_price": "Lowest input price",
    "output_price": "Lowest output price",
}
TOKEN_SORTS = ("input_price", "output_price")


@dataclass(frozen=True, slots=True)
class Option:
    """One value of a filter; `url` adds it or takes it away."""

    value: str
    label: str
    count: int
    selected: bool
    url: str


@dataclass(frozen=True, slots=True)
class Filter:
    """A filter with the values that the other filters leave."""

    name: str
    heading: str
    options: list[Option]
    is_open: bool


@dataclass(frozen=True, slots=True)
class Removable:
    """A filter that is set, and the address without it."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class SortLink:
    """A column head or a choice of order."""

    key: str
    label: str
    url: str
    direction: str


def read_selection(query: QueryDict) -> Selection:
    """Read a selection leniently: an unknown value narrows to nothing, an unknown order is ignored."""
    sort = query.get("sort", "name")
    lists = {name: _values(query, name) for name in FACETS}
    return Selection(
        q=query.get("q", "").replace("\0", " ").strip()[:200],
        priced=query.get("priced") == "true",
        sort=sort if sort.removeprefix("-") in SORTS else "name",
        **lists,  # type: ignore[arg-type]
    )


def read_page(query: QueryDict) -> int:
    """Read a page number, 1 where it is none."""
    text = query.get("page", "")
    return min(max(int(text), 1), LAST_PAGE) if text.isascii() and text.isdecimal() and len(text) < 9 else 1


def address(selection: Selection, page: int = 1) -> str:
    """Write the one address of a selection: parameters in a fixed order, nothing that is a default."""
    pairs = [("q", selection.q)] if selection.q else []
    pairs += carried(selection)
    if page > 1:
        pairs.append(("page", str(page)))
    return f"/models?{urlencode(pairs)}" if pairs else "/models"


def carried(selection: Selection) -> list[tuple[str, str]]:
    """List what a new search keeps: the filters and the order, as parameters."""
    pairs = [(name, value) for name in FACETS for value in sorted(getattr(selection, name))]
    if selection.priced:
        pairs.append(("priced", "true"))
    if selection.sort != "name":
        pairs.append(("sort", selection.sort))
    return pairs


def filters(selection: Selection, counts: dict[str, list[FacetCount]]) -> list[Filter]:
    """Lay out the filters; a value that is set is offered even where nothing is left of it."""
    found = []
    for name, heading in HEADINGS.items():
        chosen = getattr(selection, name)
        offered = [row for row in counts[name] if row.value in chosen or row.count]
        offered += [
            FacetCount(value, value, 0) for value in chosen if value not in {row.value for row in offered}
        ]
        options = [
            Option(
                value=row.value,
                label=label(name, row),
                count=row.count,
                selected=row.value in chosen,
                url=address(toggled(selection, name, row.value)),
            )
            for row in offered
        ]
        found.append(Filter(name, heading, options, is_open=bool(chosen) or name in ("modality", "provider")))
    return found


def removable(selection: Selection, counts: dict[str, list[FacetCount]]) -> list[Removable]:
    """List what is set, each with the address that drops it."""
    chips = [Removable(f"“{selection.q}”", address(replace(selection, q="")))] if selection.q else []
    for name in FACETS:
        known = {row.value: row for row in counts.get(name, [])}
        for value in getattr(selection, name):
            said = label(name, known.get(value, FacetCount(value, value, 0)))
            chips.append(Removable(said, address(toggled(selection, name, value))))
    if selection.priced:
        chips.append(Removable("With a sell price", address(replace(selection, priced=False))))
    return chips


def sort_links(selection: Selection, *, is_token_priced: bool) -> list[SortLink]:
    """Offer the orders that can change something, and the one in use."""
    return [
        SortLink(key, text, address(replace(selection, sort=key)), "current" if key == selection.sort else "")
        for key, text in SORT_LABELS.items()
        if is_token_priced or key not in TOKEN_SORTS or key == selection.sort
    ]


def toggled(selection: Selection, name: str, value: str) -> Selection:
    """Add a value to a filter, or take it away where it is set."""
    chosen: tuple[str, ...] = getattr(selection, name)
    values = tuple(item for item in chosen if item != value) if value in chosen else (*chosen, value)
    changed: dict[str, tuple[str, ...]] = {name: values}
    return replace(selection, **changed)  # type: ignore[arg-type]


def label(name: str, row: FacetCount) -> str:
    """Say a facet's value for people."""
    if row.value == "unknown":
        return "Not stated"
    return LABELS.get(name, {}).get(row.value, row.label)


def _values(query: QueryDict, name: str) -> tuple[str, ...]:
    return tuple(_clean(query.getlist(name)))


def _clean(values: Iterable[str]) -> list[str]:
    kept = [value.strip() for value in values if value.strip() and "\0" not in value and len(value) <= 100]
    return list(dict.fromkeys(kept))[:MOST_VALUES]
