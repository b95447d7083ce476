"""Feeds and calendars, unchanged until a publish."""

from collections.abc import Callable
from datetime import UTC, datetime

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.utils import timezone
from django.utils.http import http_date

from catalog.history.changes import catalog_made_at
from catalog.history.lifecycle_dates import life_dates
from catalog.models import Family
from catalog.presentation.wording.subject import read_site
from catalog.publishing.publish import current_revision
from catalog.search import lookup
from catalog.text.identifiers import short_name
from catalog.text.query_names import takes
from pages.feeds import atom, calendar, json_feed, streams
from pages.feeds.streams import Feed, Stream
from pages.views.model import missing

FRESH_SECONDS = 60
# End of the address -> type and writer. `/changes.json` is the API's own answer, not a feed.
FORMS: dict[str, tuple[str, Callable[[Feed], bytes]]] = {
    "atom": (atom.CONTENT_TYPE, atom.render),
    "feed.json": (json_feed.CONTENT_TYPE, json_feed.render),
}


@takes("kind")
def all_changes(request: HttpRequest, form: str) -> HttpResponse:
    """Answer with all changes, or redirect to a kind's stream."""
    # The page's own filter, which leads to the stream of its kind.
    folder = streams.folder_of_kind(request.GET.get("kind", ""))
    if folder != "/changes":
        return _moved(f"{folder}.{form}")
    return _feed(streams.everything(), form)


@takes()
def changes_of_kind(_request: HttpRequest, form: str, kind: str) -> HttpResponse:
    """Answer with one kind's changes."""
    return _feed(streams.of_kind(kind), form)


@takes()
def changes_of_family(_request: HttpRequest, form: str, family: str) -> HttpResponse:
    """Answer with a family's changes."""
    return _feed(streams.of_family(family, _name_of(family)), form)


@takes()
def changes_of_model(request: HttpRequest, form: str, family: str, slug: str) -> HttpResponse:
    """Answer with a model's changes, or redirect an alias."""
    record = lookup.by_path(family, slug)
    if record is None:
        file = f"/changes.{form}"
        moved = lookup.moved_to(family, slug)
        return _moved(moved + file) if moved else missing(request, family, slug + file)
    return _feed(streams.of_model(record), form)


@takes()
def lifecycle(_request: HttpRequest, family: str = "") -> HttpResponse:
    """Answer with lifecycle dates of all models or a family."""
    site = read_site()
    title = (
        f"{_name_of(family) if family else 'Models'}: deprecations and retirements \N{EM DASH} {site.name}"
    )
    events = calendar.occasions(life_dates(family), catalog_made_at(), site, timezone.now())
    return _send(calendar.render(title, events), calendar.CONTENT_TYPE)


def _feed(stream: Stream, form: str) -> HttpResponse:
    content_type, render = FORMS[form]
    return _send(render(streams.read(stream, form, read_site())), content_type)


def _name_of(family: str) -> str:
    name = Family.objects.filter(slug=family).values_list("name", flat=True).first()
    if name is None:
        raise Http404(family)
    return short_name(name)


def _send(content: bytes, content_type: str) -> HttpResponse:
    # Nothing but a publish changes these bytes.
    changed_at = current_revision()[1] or datetime(1970, 1, 1, tzinfo=UTC)
    response = HttpResponse(content, content_type=content_type)
    response["Last-Modified"] = http_date(changed_at.timestamp())
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _moved(path: str) -> HttpResponse:
    response = HttpResponsePermanentRedirect(path)
    # Browsers keep a bare 301 for ever, and an alias may move again.
    response["Cache-Control"] = "max-age=300"
    return response
