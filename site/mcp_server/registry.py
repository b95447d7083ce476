"""The registry of tools."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from mcp_server import arguments, quote_shapes, shapes, tools
from mcp_server.argument_types import Arguments


@dataclass(frozen=True, slots=True)
class Tool:
    """One tool, as listed and as run."""

    name: str
    title: str
    description: str
    takes: type[Arguments]
    gives: type[shapes.Shape]
    run: Callable[[Any], dict[str, Any]]


TOOLS: Mapping[str, Tool] = {
    tool.name: tool
    for tool in (
        Tool(
            "search_models",
            "Search models",
            "Find AI models by words and filters, each with the price to name it by. Start here: the other "
            "tools take the IDs that this one gives. For the cheapest that sees images: input_modality "
            "['image'], sort 'input_price'.",
            arguments.SearchModels,
            shapes.Found,
            tools.search_models,
        ),
        Tool(
            "get_model",
            "Get a model",
            "Specifications, limits, lifecycle dates, endpoints and prices of a model, now or at an instant.",
            arguments.GetModel,
            shapes.ModelShape,
            tools.get_model,
        ),
        Tool(
            "get_snippet",
            "Get a snippet",
            "Runnable code that calls a model, and the command that installs what the code needs.",
            arguments.GetSnippet,
            shapes.SnippetShape,
            tools.get_snippet,
        ),
        Tool(
            "compare_models",
            "Compare models",
            "Two to six models side by side: prices, limits, capabilities, and what a usage costs with each.",
            arguments.CompareModels,
            shapes.ComparisonShape,
            tools.compare_models,
        ),
        Tool(
            "quote",
            "Quote a use",
            "What a use of a model costs, exactly and line by line. A total of null means that a meter has "
            "no published price, never that it is free. `warnings` say what might mislead.",
            arguments.Quote,
            quote_shapes.Quoted,
            tools.get_quote,
        ),
        Tool(
            "price_history",
            "Price history",
            "Every price row of a model, past, in force and announced, and between which instants it holds.",
            arguments.PriceHistory,
            shapes.Prices,
            tools.price_history,
        ),
        Tool(
            "list_changes",
            "List changes",
            "What changed in the catalog: prices, lifecycle, status and records, with old and new values.",
            arguments.ListChanges,
            shapes.Changes,
            tools.list_changes,
        ),
    )
}
