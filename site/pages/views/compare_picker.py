"""The page on which models are picked to compare."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from catalog.comparison import LEAST, MOST, named_models
from catalog.comparison.named_models import Lineup
from catalog.comparison.similarity import nearest
from catalog.records.facts import Facts, facts
from catalog.search.lookup import LONGEST_ID, Suggestion, family_records, suggestions
from pages import compare_state, markdown_pages

NEAR = 8


@dataclass(frozen=True, slots=True)
class AddableModel:
    """A model that can be added."""

    model_id: str
    href: str


@dataclass(frozen=True, slots=True)
class UnknownModel:
    """A name that no model has, and the models near it."""

    name: str
    near: list[AddableModel]


@dataclass(frozen=True, slots=True)
class PickerForm:
    """The form that adds a typed model; `hidden` is what stays."""

    hidden: list[tuple[str, str]]


def add_typed(request: HttpRequest, lineup: Lineup, typed: str, at: datetime) -> HttpResponse:
    """Add the typed model if it is clear, else offer candidates."""
    exact = named_models.find([typed])
    near = [] if exact.ids else named_models.candidates(typed, at, lineup.ids)
    added = exact.ids or ([near[0].model_id] if len(near) == 1 else [])
    if added and not lineup.unknown:
        response = HttpResponseRedirect(
            compare_state.address([*lineup.ids, *added], compare_state.kept(request.GET))
        )
        # Not for long: another model may come to match what was typed.
        response["Cache-Control"] = "max-age=60"
        return response
    return pick_models(request, lineup, at, typed=typed, near=near)


def pick_models(
    request: HttpRequest,
    lineup: Lineup,
    at: datetime,
    *,
    typed: str = "",
    near: Sequence[Suggestion] = (),
    status: int = 200,
) -> HttpResponse:
    """Show what is chosen, and ways to add."""
    ids, pairs = lineup.ids, compare_state.kept(request.GET)
    members = [facts(record, at) for record in lineup.records]
    siblings: list[Facts] = []
    if len(members) == 1 and not typed:
        family = [facts(one, at) for one in family_records(members[0].record["family"]["slug"])]
        siblings = nearest(members[0], family)[:NEAR]
    context = {
        "columns": compare_state.columns(members, pairs),
        "trouble": compare_state.trouble(len(ids)),
        "unknown": [
            UnknownModel(name[:LONGEST_ID], _offers([one.model_id for one in suggestions(name)], ids, pairs))
            for name in lineup.unknown[:MOST]
        ],
        "typed": typed,
        "candidates": _offers([one.model_id for one in near], ids, pairs),
        "siblings": _offers([one.record["model_id"] for one in siblings], ids, pairs),
        "compare_url": compare_state.address(ids, pairs) if LEAST <= len(ids) <= MOST else "",
        "picker": picker_form(ids, pairs) if len(ids) < MOST else None,
        "least": LEAST,
        "most": MOST,
    }
    response = markdown_pages.answer(request, "pages/compare_pick.html", context, status=status)
    if status != 200:
        response["Cache-Control"] = "no-cache"
    return response


def _offers(
    model_ids: Sequence[str], ids: Sequence[str], pairs: Sequence[tuple[str, str]]
) -> list[AddableModel]:
    return [
        AddableModel(one, compare_state.address([*ids, one], pairs)) for one in model_ids if one not in ids
    ]


def picker_form(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> PickerForm:
    """Build the form that adds a typed model."""
    hidden = [("models", ",".join(ids))] if ids else []
    return PickerForm([*hidden, *pairs])
