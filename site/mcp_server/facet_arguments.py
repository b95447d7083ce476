"""The filters of `search_models`."""

from datetime import date
from decimal import Decimal
from types import GenericAlias
from typing import Annotated, Any, Literal, TypeVar, cast

from pydantic import Field, create_model

from catalog.search.facet import LIST_KINDS, AgentArgument, Facet, Kind
from catalog.search.facets import FACETS, PARAMETERS
from catalog.search.selection import Selection
from mcp_server.argument_types import Arguments, Decimals, Text

Asked = TypeVar("Asked", bound=Arguments)
_TYPES: dict[Kind, Any] = {
    Kind.LEAST: Annotated[int, Field(ge=0, le=10**12)] | None,
    Kind.MOST: Decimals | None,
    Kind.AFTER: date | None,
    Kind.FLAG: bool,
    Kind.EITHER: bool | None,
}


def with_facets(base: type[Asked]) -> type[Asked]:
    """Add an argument for each facet that agents get."""
    offered = [(facet, facet.docs.tool) for facet in PARAMETERS if facet.docs.tool]
    offered.sort(key=lambda pair: pair[1].place or pair[0].docs.place)
    fields: dict[str, Any] = {facet.name: _field(facet, argument) for facet, argument in offered}
    return cast("type[Asked]", create_model(base.__name__, __base__=base, **fields))


def selection_of(call: Arguments, q: str, sort: str) -> Selection:
    """Build the selection from the arguments."""
    return Selection(
        q, sort, **{facet.name: _chosen(facet, call) for facet in FACETS.values() if facet.docs.tool}
    )


def _chosen(facet: Facet, call: Arguments) -> Any:
    value = getattr(call, facet.name)
    if facet.kind in LIST_KINDS:
        values = value if isinstance(value, list) else [value]
        return tuple(str(one) for one in values if one is not None)
    return Decimal(value) if facet.kind is Kind.MOST and value is not None else value


def _field(facet: Facet, tool: AgentArgument) -> tuple[Any, Any]:
    keeps = facet.docs.keeps or FACETS[facet.docs.beside].docs.keeps
    text = f"Keeps models {keeps}." if tool.text is None else tool.text
    description: dict[str, Any] = {"description": text} if text else {}
    if facet.kind not in LIST_KINDS:
        return _TYPES[facet.kind], Field(facet.default, **description)
    one = _one(facet)
    if tool.takes_one:
        return one | None, Field(None, **description)
    return GenericAlias(list, one), Field([], max_length=tool.most, **description)


def _one(facet: Facet) -> Any:
    if isinstance(facet.words, type):
        return facet.words
    return Literal[facet.words] if facet.words else Text
