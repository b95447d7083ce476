"""JSON twins: a page's address in the API."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.http import QueryDict

from catalog.comparison import named_models
from catalog.search import lookup
from pages.list_state import read_page
from pages.views.changes import PER_PAGE

API = "/api/v1"


@dataclass(frozen=True, slots=True)
class JsonAddress:
    """An address of the API, or with `is_moved` of the page to redirect to."""

    path: str
    query: str = ""
    is_moved: bool = False


Found = JsonAddress | None


def target(name: str, named: Mapping[str, Any], query: QueryDict) -> Found:
    """Return the API address of a page by its URL name; None without an answer."""
    return TARGETS[name](named, query)


def _model(named: Mapping[str, Any], query: QueryDict) -> Found:
    family, slug = named["family"], named["slug"]
    record = lookup.by_path(family, slug)
    if record:
        return JsonAddress(f"{API}/models/{record['model_id']}", _only(query, "at"))
    moved = lookup.moved_to(family, slug)
    return JsonAddress(moved, query.urlencode(), is_moved=True) if moved else None


def _family(named: Mapping[str, Any], query: QueryDict) -> Found:
    slug = named["family_slug"]
    return JsonAddress(f"{API}/families/{slug}", _only(query, "at"))


def _provider(named: Mapping[str, Any], query: QueryDict) -> Found:
    return JsonAddress(f"{API}/providers/{named['slug']}", _only(query, "at"))


def _comparison(named: Mapping[str, Any], query: QueryDict) -> Found:
    pairs = [
        (key, str(value)) for key, value in query.items() if key not in ("models", "differences", "times")
    ]
    if "names" in named:
        lineup = named_models.find_path(named["names"])
        # Unknown names too: the API answers 404 and suggests others.
        models = [("models", one) for one in [*lineup.ids, *lineup.unknown]]
    else:
        models = [("models", text) for text in query.getlist("models")]
    return JsonAddress(f"{API}/compare", urlencode([*models, *pairs]))


def _pricing(_named: Mapping[str, Any], query: QueryDict) -> Found:
    pairs = [(key, query[key]) for key in ("q", "provider", "at") if query.get(key)]
    # The API's largest page: prices are parts of their models there.
    return JsonAddress(f"{API}/models", urlencode([*pairs, ("limit", "1000")]))


def _status(_named: Mapping[str, Any], query: QueryDict) -> Found:
    return JsonAddress(f"{API}/status", _only(query, "at"))


def _changes(_named: Mapping[str, Any], query: QueryDict) -> Found:
    pairs = [(key, query[key]) for key in ("kind", "q") if query.get(key)]
    offset = (read_page(query) - 1) * PER_PAGE
    return JsonAddress(
        f"{API}/changes", urlencode([*pairs, ("limit", str(PER_PAGE)), ("offset", str(offset))])
    )


def _only(query: QueryDict, name: str) -> str:
    return urlencode({name: query[name]}) if query.get(name) else ""


TARGETS: Mapping[str, Callable[[Mapping[str, Any], QueryDict], Found]] = {
    "model": _model,
    "family": _family,
    "provider": _provider,
    "compare": _comparison,
    "comparison": _comparison,
    "pricing": _pricing,
    "status": _status,
    "changes": _changes,
}
