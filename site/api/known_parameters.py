"""Refuses what an operation does not read from its query."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from api.problems import unknown_parameters
from catalog.text.query_names import declared, unknown_names

Run = Callable[..., HttpResponseBase]


def refuse_unknown(run: Run) -> Run:
    """Wrap the run of an operation: a parameter that it does not know is answered 422."""
    # Ninja hands over the bound method, whose own object is the operation.
    names = query_names(run.__self__)  # type: ignore[attr-defined]

    @wraps(run)
    def checked(request: HttpRequest, **path: Any) -> HttpResponseBase:
        unknown = unknown_names(request.GET, names)
        return unknown_parameters(unknown, names) if unknown else run(request, **path)

    return checked


def query_names(operation: Any) -> tuple[str, ...]:
    """List the parameters of an operation's query schema, and those that its view declares beside it."""
    own = [
        name
        for model in operation.models
        if model.__ninja_param_source__ == "query"
        for name in model.__ninja_flatten_map__
    ]
    return (*own, *(declared(operation.view_func) or ()))
