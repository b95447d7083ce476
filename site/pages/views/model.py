"""The page of one model."""

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render

from catalog.presentation.wording import faq, overview, price_summary
from catalog.records.end_of_life_headers import end_of_life_headers
from catalog.records.read_usage import KEYS
from catalog.search import lookup
from catalog.text.language import say
from catalog.text.query_names import takes
from pages import markdown_pages, sections, structured_data
from pages.instants import instant
from pages.model_context import ModelContext, find_model
from pages.parts import banners, calculator, head, key_facts
from pages.views import errors


@takes("at", "call", "option", "fragment", calculator.TIMES, *KEYS)
def model(request: HttpRequest, family: str, slug: str) -> HttpResponse:
    """Show a model; redirect an alias or former address."""
    context = find_model(family, slug, instant(request), request.GET.dict())
    if context is not None and request.GET.get("fragment") == "calculator":
        return calculator_fragment(request, calculator.calculator(context))
    if context is not None:
        return _ending(request, context, markdown_pages.answer(request, "pages/model.html", _page(context)))
    moved = lookup.moved_to(family, slug)
    return _moved(request, moved) if moved else missing(request, family, slug)


def calculator_fragment(request: HttpRequest, content: calculator.Calculator) -> HttpResponse:
    """Answer with the calculator's result alone, for a loaded page."""
    response = render(request, "partials/calculator/result.html", {"content": content})
    response["X-Robots-Tag"] = "noindex"
    return response


def _ending(request: HttpRequest, context: ModelContext, response: HttpResponse) -> HttpResponse:
    # The successor in the same format.
    suffix = f".{markdown_pages.MARKDOWN}" if markdown_pages.is_markdown(request) else ""
    living = context.successors.living
    follows = f"{context.site.url}{living.path}{suffix}" if living else None
    for name, value in end_of_life_headers(context.this, follows).items():
        response[name] = value
    return response


def _page(context: ModelContext) -> dict[str, object]:
    record, this = context.record, context.this
    built = list(sections.build(context))
    path = record["path"]
    description = f"{overview.summary(this)} {price_summary.price_summary(this)}".strip()
    return {
        "record": record,
        "title": _title(context),
        "description": description,
        "canonical": f"{context.site.url}{path}",
        "card_url": f"{context.site.url}{path}/card.png",
        "chips": head.chips(context),
        "summary": overview.summary(this),
        "glances": key_facts.glances(context),
        "banners": banners.banners(context),
        "actions": head.actions(context),
        "top": [one for one in built if one.section.place == "top"],
        "body": [one for one in built if one.section.place == "body"],
        "sections": built,
        "family": context.family,
        "things": structured_data.model(context, description, faq.questions(context)),
        "trail": [
            (say("Models"), "/models"),
            (record["family"]["name"], f"/models/{record['family']['slug']}"),
            (record["name"], ""),
        ],
    }


def _title(context: ModelContext) -> str:
    record = context.record
    shown_name = (
        record["name"] if record["name"] == record["model_id"] else f"{record['name']} ({record['model_id']})"
    )
    return say("{name}: price, limits and API", name=shown_name)


def _moved(request: HttpRequest, path: str) -> HttpResponse:
    # WSGI hands the query over as Latin-1 characters, one for each byte.
    query = str(request.META.get("QUERY_STRING", "")).encode("latin-1", "replace").decode(errors="replace")
    response = HttpResponsePermanentRedirect(f"{path}?{query}" if query else path)
    # Browsers keep a bare 301 for ever, and an alias may move again.
    response["Cache-Control"] = "max-age=300"
    return response


def missing(request: HttpRequest, family: str, slug: str) -> HttpResponse:
    """Answer 410 at a withdrawn address, else 404, with near models."""
    near = lookup.suggestions(f"{family}/{slug}") or lookup.suggestions(slug)
    answer = errors.gone if lookup.is_gone(family, slug) else errors.missing
    return answer(request, f"{family}/{slug}", near)
