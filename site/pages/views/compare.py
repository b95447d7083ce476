"""Models side by side, at one address per set."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from catalog.comparison import LEAST, MOST, compare, first_use, named_models
from catalog.comparison.cost import UsageError
from catalog.records.facts import Facts, facts
from catalog.records.phrases import join
from catalog.records.read_usage import KEYS
from catalog.records.record import Record
from catalog.search.lookup import LONGEST_ID
from catalog.text.language import say, say_many
from catalog.text.query_names import takes
from pages import compare_state, markdown_pages
from pages.instants import instant
from pages.parts import calculator, calculator_form
from pages.parts.comparison import Table, table, use_said
from pages.parts.plot import picture
from pages.views.compare_picker import add_typed, pick_models, picker_form

LONGEST_TEXT = 2_000


@dataclass(frozen=True, slots=True)
class UseForm:
    """The form of a use: the calculator's fields, for several models."""

    action: str
    hidden: list[tuple[str, str]]
    fields: list[calculator_form.QuantityField]
    choices: list[calculator_form.ChoiceField]
    presets: list[calculator.Preset]


@takes("models", "add", *compare_state.KEPT, *KEYS)
def comparison(request: HttpRequest, names: str = "") -> HttpResponse:
    """Show the named models side by side, or the page to pick them."""
    at = instant(request)
    parameters = [text[:LONGEST_TEXT] for text in request.GET.getlist("models")]
    lineup = named_models.find_path(names) if names else named_models.find(named_models.split(parameters))
    typed = request.GET.get("add", "").strip()[:LONGEST_ID]
    if typed:
        return add_typed(request, lineup, typed, at)
    if lineup.unknown:
        return pick_models(request, lineup, at, status=404)
    if len(lineup.records) > MOST:
        return pick_models(request, lineup, at, status=400)
    own = [",".join(lineup.ids)] if lineup.ids else []
    is_there = unquote(urlsplit(named_models.path(lineup.ids)).path) == request.path and (
        names or parameters == own
    )
    # One address for each set of models, whatever the order and the spelling of their names.
    if not is_there:
        return _moved(compare_state.address(lineup.ids, compare_state.kept(request.GET)))
    if len(lineup.records) < LEAST:
        return pick_models(request, lineup, at)
    return _compared(request, [facts(record, at) for record in lineup.records])


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
    # The links set this parameter themselves.
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
            "picker": picker_form(ids, pairs) if len(ids) < MOST else None,
            "most": MOST,
        },
    )


def _form(members: Sequence[Facts], pairs: list[tuple[str, str]], use: dict[str, str]) -> UseForm:
    ids = [member.record["model_id"] for member in members]
    rows = [price for member in members for price in member.prices]
    stays = [pair for pair in pairs if pair[0] in ("at", compare_state.ONLY)]
    action, hidden = compare_state.fields(ids, stays)
    parameters = {
        f"{place}.{name}": specs
        for place, member in enumerate(members)
        for name, specs in member.record["parameters"].items()
    }
    # Parameters of all models as if of one: a choice offers what any of them takes.
    every: Record = {**members[0].record, "parameters": parameters}
    return UseForm(
        action=action,
        hidden=hidden,
        fields=calculator_form.fields(rows, use),
        choices=calculator_form.choices(every, rows, use),
        presets=calculator.presets(action, dict(hidden), rows, use, "cost"),
    )


def _json(ids: Sequence[str], at: str, use: dict[str, str]) -> str:
    pairs = {"models": ",".join(ids), **({"at": at} if at else {}), **use}
    return f"/api/v1/compare?{compare_state.encoded(pairs)}"


def _moved(address: str) -> HttpResponse:
    response = HttpResponsePermanentRedirect(address)
    # Browsers keep a bare 301 for ever, and an alias may move again.
    response["Cache-Control"] = "max-age=300"
    return response
