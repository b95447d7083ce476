"""Filters of lists as parameters, one per facet."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeVar

from ninja import Field, Schema
from pydantic import AfterValidator, create_model

from catalog.search.facet import Facet, Kind
from catalog.search.facets import FACETS, PARAMETERS
from catalog.search.selection import Selection

Query = TypeVar("Query", bound=Schema)


def no_nul(text: str) -> str:
    """Raise ValueError for a NUL, which PostgreSQL refuses."""
    if "\0" in text:
        msg = "may not hold a NUL character"
        raise ValueError(msg)
    return text


# Bounded, so that a bad value is a 422 that names its parameter.
Text = Annotated[str, AfterValidator(no_nul), Field(max_length=200)]
Amount = Annotated[Decimal, Field(ge=0, le=1_000_000, allow_inf_nan=False)]
_TYPES: dict[Kind, Callable[[Facet], Any]] = {
    Kind.ANY: lambda facet: GenericAlias(list, _one(facet)),
    Kind.ALL: lambda facet: GenericAlias(list, _one(facet)),
    Kind.LEAST: lambda _facet: Annotated[int, Field(ge=0, le=10**12)] | None,
    Kind.MOST: lambda _facet: Amount | None,
    Kind.AFTER: lambda _facet: date | None,
    Kind.FLAG: lambda _facet: bool,
    Kind.EITHER: lambda _facet: bool | None,
}
_REPEATED = {Kind.ANY: " Repeat for alternatives.", Kind.ALL: " Repeat: all of them must hold."}


def with_facets(query: type[Query]) -> type[Query]:
    """Add a parameter for each facet."""
    fields: dict[str, Any] = {facet.name: _field(facet) for facet in PARAMETERS}
    return create_model(query.__name__, __base__=query, __doc__=query.__doc__, **fields)


def selection_of(query: Schema, q: str, sort: str) -> Selection:
    """Return the selection that the parameters ask for."""
    values = {name: getattr(query, name) for name in FACETS}
    return Selection(
        q,
        sort,
        **{name: tuple(value) if isinstance(value, list) else value for name, value in values.items()},
    )


def description(facet: Facet) -> str:
    """Return what a parameter does."""
    texts = facet.docs
    keeps = texts.keeps or FACETS[texts.beside].docs.keeps
    return texts.asks or f"Keeps models {keeps}.{_REPEATED.get(facet.kind, '')}"


def _field(facet: Facet) -> tuple[Any, Any]:
    default = [] if facet.default == () else facet.default
    return _TYPES[facet.kind](facet), Field(default, description=description(facet))


def _one(facet: Facet) -> Any:
    return Literal[facet.values] if facet.values else Text
