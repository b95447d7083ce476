"""Errors of the API, as RFC 9457 problem details."""

from collections.abc import Sequence
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from ninja import NinjaAPI
from ninja.errors import HttpError, ValidationError

from api.middleware import problem
from catalog.text.query_names import UnknownName, reason


class UnknownError(Exception):
    """Nothing has that name; `members` are added to the problem."""

    def __init__(self, detail: str, **members: object) -> None:
        super().__init__(detail)
        self.detail = detail
        self.members = members


class ParametersError(Exception):
    """Readable parameters that cannot be meant; pairs of a name and what would be right."""

    def __init__(self, errors: Sequence[tuple[str, str]], where: str = "query") -> None:
        super().__init__(errors)
        self.errors = errors
        self.where = where


def install(api: NinjaAPI) -> None:
    """Answer an API's errors as problem+json."""

    @api.exception_handler(UnknownError)
    def not_found(_request: HttpRequest, error: UnknownError) -> HttpResponse:
        return problem(404, error.detail, members=error.members)

    @api.exception_handler(Http404)
    def no_address(_request: HttpRequest, _error: Http404) -> HttpResponse:
        return problem(404, "There is no such address in this API. See /api/v1/docs.")

    @api.exception_handler(HttpError)
    def refused(_request: HttpRequest, error: HttpError) -> HttpResponse:
        return problem(error.status_code, str(error))

    @api.exception_handler(ParametersError)
    def unmeant(_request: HttpRequest, error: ParametersError) -> HttpResponse:
        errors = [{"loc": f"{error.where}.{key[:100]}", "msg": message} for key, message in error.errors]
        return problem(422, "A parameter is not valid.", errors=errors)

    @api.exception_handler(ValidationError)
    def bad_parameter(_request: HttpRequest, error: ValidationError) -> HttpResponse:
        errors = [{"loc": _place(item), "msg": item["msg"]} for item in error.errors]
        return problem(422, "A parameter is not valid.", errors=errors)


def unknown_parameters(unknown: Sequence[UnknownName], names: Sequence[str]) -> HttpResponse:
    """Answer 422 with the unknown parameters and the known ones."""
    known = f"Known: {', '.join(names)}." if names else "This address takes no parameters."
    named = ", ".join(row.name for row in unknown)
    detail = f"Unknown parameter{'s' if len(unknown) > 1 else ''}: {named}. {known}"
    errors = [{"loc": f"query.{row.name}", "msg": reason(row, names)} for row in unknown]
    return problem(422, detail, errors=errors)


def _place(item: dict[str, Any]) -> str:
    """Return `query.limit` for `["query", "query", "limit"]`."""
    where, *rest = [str(part) for part in item["loc"]]
    # Ninja puts the name of the function's argument between.
    named = rest[1:] if rest[:1] == ["call"] else [part for part in rest if part != "query"]
    return ".".join([where, *named])
