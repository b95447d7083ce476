"""Models side by side, at one address for each set of them; and the page on which they are picked."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect, HttpResponseRedirect

from catalog.comparison import LEAST, MOST, compare, first_use, named_models
from catalog.comparison.cost import UsageError
from catalog.comparison.named_models import Lineup
from catalog.comparison.similarity import nearest
from catalog.records.facts import Facts, facts
from catalog.records.phrases import join
from catalog.records.record import Record
from catalog.search.lookup import LONGEST_ID, Suggestion, family_records, suggestions
from catalog.text.language import say, say_many
from pages import compare_state, markdown_pages
from pages.instants import instant
from pages.parts import calculator, calculator_form
from pages.parts.comparison import Table, table, use_said
from pages.parts.plot import picture

NEAR = 8
LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class AddableModel:
    """A model that can be added, and the address with it."""

    model_id: str
    href: str


def comparison(request: HttpRequest, names: str = "") -> HttpResponse:
    """Show the models that the address names side by side, or the page that helps to name them."""
    at = instant(request)
    parameters = [text[:LONGEST_TEXT] for text in request.GET.getlist("models")]
    lineup = named_models.find_path(names) if names else named_models.find(named_models.split(parameters))
    typed = request.GET.get("add", "").strip()[:LONGEST_ID]
    if typed:
        return _add(request, lineup, typed, at)
    if lineup.unknown:
        return _pick(request, lineup, at, status=404)
    if len(lineup.records) > MOST:
        return _pick(request, lineup, at, status=400)
    own = [",".join(lineup.ids)] if lineup.ids else []
    is_there = unquote(urlsplit(named_models.path(lineup.ids)).path) == request.path and (
        names or parameters == own
    )
    if not is_there:
        return _moved(compare_state.address(lineup.ids, compare_state.kept(request.GET)))
    if len(lineup.records) < LEAST:
        return _pick(request, lineup, at)
    return _compared(request, [facts(record, at) for record in lineup.records])


def _add(request: HttpRequest, lineup: Lineup, typed: str, at: datetime) -> HttpResponse:
    """Add the model that was typed, if it can be only one; else offer those it may be."""
    exact = named_models.find([typed])
    near = [] if exact.ids else named_models.candidates(typed, at, lineup.ids)
    added = exact.ids or ([near[0].model_id] if len(near) == 1 else [])
    if added and not lineup.unknown:
        response = HttpResponseRedirect(
            compare_state.address([*lineup.ids, *added], compare_state.kept(request.GET))
        )
        response["Cache-Control"] = "max-age=60"
        return response
    return _pick(request, lineup, at, typed=typed, near=near)


def _compared(request: HttpRequest, members: Sequence[Facts]) -> HttpResponse:
    ids = [member.record["model_id"] for member in members]
    pairs = compare_state.kept(request.GET)
    only = request.GET.get(compare_state.ONLY) == "only"
    use = compare_state.usage(request.GET) or first_use(members)
    times, errors = calculator.read_times(request.GET.get(compare_state.TIMES, ""))
    try:
        compared = compare(members, use)
    except UsageError as error:
        compared, errors, use = compare(members), [*error.errors, *errors], {}
    shown: Table = table(compared, only_differences=only, times=times)
    columns = compare_state.columns(members, pairs)
    others = [(key, value) for key, value in pairs if key != compare_state.ONLY]
    named = join(column.name for column in columns)
    return markdown_pages.answer(
        request,
        "pages/compare.html",
        {
            "named": named,
            "trail": [
                (say("Models"), "/models"),
                (say("Compare"), "/compare"),
                (say_many("{number} model", "{number} models", len(columns)), ""),
            ],
            "canonical": named_models.path(ids),
            "columns": columns,
            "table": shown,
            "only": only,
            "all_url": compare_state.address(ids, others),
            "only_url": compare_state.address(ids, [*others, (compare_state.ONLY, "only")]),
            "json_url": _json(ids, request.GET.get("at", ""), use),
            "use": use_said(use),
            "form": _form(members, pairs, use),
            "times": request.GET.get(compare_state.TIMES, ""),
            "errors": errors,
            "picture": picture(members),
            "picker": _picker(ids, pairs) if len(ids) < MOST else None,
            "most": MOST,
        },
    )


def _form(members: Sequence[Facts], pairs: list[tuple[str, str]], use: dict[str, str]) -> dict[str, Any]:
    """Build the form of a use: the calculator's fields, for what any of the models is priced by."""
    ids = [member.record["model_id"] for member in members]
    rows = [price for member in members for price in member.prices]
    stays = [pair for pair in pairs if pair[0] in ("at", compare_state.ONLY)]
    action, hidden = compare_state.fields(ids, stays)
    parameters = {
        f"{place}.{name}": specs
        for place, member in enumerate(members)
        for name, specs in member.record["parameters"].items()
    }
    every: Record = {**members[0].record, "parameters": parameters}
    return {
        "action": action,
        "hidden": hidden,
        "fields": calculator_form.fields(rows, use),
        "choices": calculator_form.choices(every, rows, use),
        "presets": calculator.presets(action, dict(hidden), rows, use, "cost"),
    }


def _pick(
    request: HttpRequest,
    lineup: Lineup,
    at: datetime,
    *,
    typed: str = "",
    near: Sequence[Suggestion] = (),
    status: int = 200,
) -> HttpResponse:
    """Show what is chosen so far, and ways to add to it."""
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
            {
                "name": name[:LONGEST_ID],
                "near": _offers([one.model_id for one in suggestions(name)], ids, pairs),
            }
            for name in lineup.unknown[:MOST]
        ],
        "typed": typed,
        "candidates": _offers([one.model_id for one in near], ids, pairs),
        "siblings": _offers([one.record["model_id"] for one in siblings], ids, pairs),
        "compare_url": compare_state.address(ids, pairs) if LEAST <= len(ids) <= MOST else "",
        "picker": _picker(ids, pairs) if len(ids) < MOST else None,
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


def _picker(ids: Sequence[str], pairs: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """Build the form that adds a model by what is typed."""
    hidden = [("models", ",".join(ids))] if ids else []
    return {"hidden": [*hidden, *pairs]}


def _json(ids: Sequence[str], at: str, use: dict[str, str]) -> str:
    pairs = {"models": ",".join(ids), **({"at": at} if at else {}), **use}
    return f"/api/v1/compare?{compare_state.encoded(pairs)}"


def _moved(address: str) -> HttpResponse:
    """Send on for a while: browsers keep a bare 301 for ever, and an alias may move again."""
    response = HttpResponsePermanentRedirect(address)
    response["Cache-Control"] = "max-age=300"
    return response
