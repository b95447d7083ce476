"""Images of links: one of each model, and the site's."""

from urllib.parse import urlsplit

from django.http import HttpRequest, HttpResponse, HttpResponsePermanentRedirect

from catalog.models import Family, Provider, Variant
from catalog.presentation.wording.subject import read_site
from catalog.records.phrases import NOT_STATED_PROVIDER
from catalog.search import lookup
from catalog.text.language import say
from catalog.text.query_names import takes
from pages.instants import instant
from pages.model_context import ModelContext, find_model
from pages.parts import banners, key_facts
from pages.social_card import Card, Fact, draw, has_letters
from pages.views.model import missing

FILE = "/card.png"
FACTS = 3


@takes("at")
def site_card(request: HttpRequest) -> HttpResponse:
    """Answer with the site's image."""
    site, at = read_site(), instant(request)
    counted = (
        (say("Models"), Variant.objects.served(at).count()),
        (say("Families"), Family.objects.count()),
        (say("Providers"), Provider.objects.exclude(slug=NOT_STATED_PROVIDER).count()),
    )
    card = Card(
        site=site.name,
        name=say("Models, prices and how to call them"),
        line=urlsplit(site.url).netloc,
        facts=tuple(Fact(label, f"{count:,}") for label, count in counted),
    )
    return _picture(card)


@takes("at")
def model_card(request: HttpRequest, family: str, slug: str) -> HttpResponse:
    """Answer with a model's image, or redirect an alias."""
    context = find_model(family, slug, instant(request))
    if context is not None:
        return _picture(_card(context))
    moved = lookup.moved_to(family, slug)
    if moved is None:
        return missing(request, family, slug + FILE)
    response = HttpResponsePermanentRedirect(moved + FILE)
    # Browsers keep a bare 301 for ever, and an alias may move again.
    response["Cache-Control"] = "max-age=300"
    return response


def _card(context: ModelContext) -> Card:
    record = context.record
    provider = "" if record["provider"]["slug"] == NOT_STATED_PROVIDER else record["provider"]["name"]
    # A name in letters that the font lacks would be one box.
    name = record["name"] if has_letters(record["name"]) else record["model_id"]
    return Card(
        site=context.site.name,
        name=name,
        line=" · ".join(filter(None, [provider, record["model_id"] if record["model_id"] != name else ""])),
        warning=next((banner.title for banner in banners.banners(context)), ""),
        facts=tuple(
            Fact(
                glance.label, glance.value, " · ".join(filter(None, [glance.unit, glance.note])), glance.known
            )
            for glance in key_facts.glances(context)[:FACTS]
        ),
    )


def _picture(card: Card) -> HttpResponse:
    response = HttpResponse(draw(card), content_type="image/png")
    response["Cache-Control"] = "public, max-age=3600"
    return response
