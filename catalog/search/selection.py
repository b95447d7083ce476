"""A selection of models: filters, sort and page."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Any

from catalog.models import Document
from catalog.records.record import Record, read_record
from catalog.search.facet import Kind
from catalog.search.facet_index.counting import SERVED, Constraint, Counted, count
from catalog.search.facet_index.filters import constraint
from catalog.search.facet_index.offered import ValueCount, offered
from catalog.search.facet_index.ordering import STORED, page_ids, ranked_first
from catalog.search.facet_index.segments import gather
from catalog.search.facets import FACETS
from catalog.search.finding import matching

RELEVANCE = "relevance"
SORTS = ("name", "released_on", "context_window", "input_price", "output_price")
LONGEST_QUERY = 200
MOST_TERMS = 8
BATCH = 500


@dataclass(frozen=True, slots=True, init=False)
class Selection:
    """Filters that all hold, and a sort: `Selection(provider=("anthropic",))`."""

    q: str
    sort: str
    filters: Mapping[str, Any]

    def __init__(self, q: str = "", sort: str = "", **filters: Any) -> None:
        """Raise TypeError for an unknown facet."""
        if unknown := filters.keys() - FACETS.keys():
            raise TypeError(f"{', '.join(sorted(unknown))}: no facet; there are {', '.join(FACETS)}")
        object.__setattr__(self, "q", q)
        object.__setattr__(self, "sort", sort)
        chosen = {name: filters[name] for name in FACETS if name in filters}
        given = {name: value for name, value in chosen.items() if value != FACETS[name].default}
        object.__setattr__(self, "filters", MappingProxyType(given))

    def __getattr__(self, name: str) -> Any:
        """Return the value of a facet."""
        if name not in FACETS:
            raise AttributeError(name)
        return self.filters.get(name, FACETS[name].default)

    def change(self, **changed: Any) -> "Selection":
        """Return a copy with changed words, sort or filters."""
        return Selection(**{"q": self.q, "sort": self.sort, **self.filters, **changed})

    @property
    def is_filtered(self) -> bool:
        """Whether anything narrows the list."""
        return bool(self.q or self.filters)

    @property
    def order(self) -> str:
        """Return the sort; by default relevance with a query, else name."""
        if self.sort == RELEVANCE or not self.sort:
            return RELEVANCE if self.q else "name"
        return self.sort


@dataclass(frozen=True, slots=True)
class Drop:
    """A filter and the number of models without it; no `value` means the whole filter."""

    name: str
    value: str | None
    count: int


@dataclass(frozen=True, slots=True)
class Page:
    """A page of selected models, with counts."""

    count: int
    records: list[Record] = field(default_factory=list)
    facets: dict[str, list[ValueCount]] = field(default_factory=dict)
    drops: list[Drop] = field(default_factory=list)


def page(
    selection: Selection,
    at: datetime,
    limit: int,
    offset: int = 0,
    *,
    facets: Iterable[str] = (),
    most: int | None = None,
) -> Page:
    """Fetch one page, with `most` values of a wide facet; the number of queries is constant."""
    parameters, constraints, ranked = _constraints(selection, at)
    order = selection.order
    stored = STORED.get(order.removeprefix("-"), "")
    counted = count(constraints, at, facets, unknown_of=stored)
    pks = _page_ids(order, counted, ranked, at, (limit, offset)) if offset < counted.count else []
    return Page(
        counted.count,
        records_of(pks),
        offered(counted.facets, {name: getattr(selection, name) for name in counted.facets}, most),
        [
            Drop(name, value, left)
            for (name, value), left in zip(parameters, counted.without, strict=True)
            if not counted.count
        ],
    )


def every(selection: Selection, at: datetime) -> Iterator[Record]:
    """Yield all selected records in order."""
    _asked, constraints, ranked = _constraints(selection, at)
    order = selection.order
    counted = count(constraints, at, (), unknown_of=STORED.get(order.removeprefix("-"), ""))
    pks = _page_ids(order, counted, ranked, at, (counted.count, 0))
    for start in range(0, len(pks), BATCH):
        yield from records_of(pks[start : start + BATCH])


def facet_counts(selection: Selection, at: datetime) -> dict[str, list[ValueCount]]:
    """Count the values of every facet."""
    return page(selection, at, 0, facets=FACETS).facets


def records_of(ids: list[int]) -> list[Record]:
    """Read records in this order."""
    known = records_by_id(ids) if ids else {}
    return [known[pk] for pk in ids if pk in known]


def records_by_id(ids: list[int]) -> dict[int, Record]:
    """Read records by primary key."""
    bodies = Document.objects.filter(pk__in=ids).values_list("pk", "body")
    return {pk: read_record(body) for pk, body in bodies}


def without(selection: Selection, name: str, value: str | None = None) -> Selection:
    """Drop one value of a filter, or all."""
    current = getattr(selection, name)
    rest: Any = FACETS[name].default if name in FACETS else ""
    if value is not None and isinstance(current, tuple):
        rest = tuple(item for item in current if item != value)
    return selection.change(**{name: rest})


def _page_ids(
    order: str, counted: Counted, ranked: list[int], at: datetime, part: tuple[int, int]
) -> list[int]:
    limit, offset = part
    if order != RELEVANCE or counted.models is None:
        return page_ids(order, counted, at, part)
    first, rest = ranked_first(ranked, counted.models)
    pks = first[offset : offset + limit]
    if len(pks) < limit and len(first) < counted.count:
        left = (limit - len(pks), max(0, offset - len(first)))
        # Matches beyond the ranked ones follow by name.
        pks += page_ids("name", Counted(counted.count - len(first), rest), at, left)
    return pks


def _constraints(
    selection: Selection, at: datetime
) -> tuple[list[tuple[str, str | None]], list[Constraint], list[int]]:
    """Return parameters, constraints, and best matches."""
    parameters: list[tuple[str, str | None]] = []
    constraints: list[Constraint] = []
    ranked: list[int] = []
    for name, chosen in selection.filters.items():
        # It widens the list, so it is no constraint: see below.
        if name == "retired":
            continue
        if FACETS[name].kind is Kind.ALL:
            parameters += [(name, value) for value in chosen]
            constraints += [Constraint(name, (value,), is_shared=True) for value in chosen]
        else:
            parameters.append((name, None))
            constraints.append(constraint(name, chosen, at))
    # Retired models are left out unless something selects them.
    if not (selection.retired or selection.lifecycle or selection.retiring):
        parameters.append(("retired", None))
        constraints.append(SERVED)
    if selection.q:
        match = matching(" ".join(selection.q.split()[:MOST_TERMS])[:LONGEST_QUERY], at.date())
        ranked = match.ranked
        parameters.append(("q", None))
        constraints.append(Constraint("q", models=gather(match.every)))
    return parameters, constraints, ranked
