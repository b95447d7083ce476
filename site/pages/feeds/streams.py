"""Streams of changes, and their entries."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import cast
from urllib.parse import quote
from uuid import UUID

from django.utils import translation

from catalog.history.changes import ChangedFact, catalog_made_at, newest, permanent_id
from catalog.presentation.wording.subject import Site
from catalog.pricing.price import PriceValue, PriceValueRecord
from catalog.records.phrases import price_text
from catalog.records.record import Record
from catalog.vocabulary import ChangeKind
from pages.feeds.plain_text import one_line, plain_text

MOST_ENTRIES = 100
NEW = "new"
# Kind in the address -> title; of the kind `catalog` only what is new has a stream.
KINDS = {"price": "Prices", "lifecycle": "Lifecycle", "status": "Status", NEW: "New models"}


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, ready to be written."""

    id: UUID
    url: str
    title: str
    text: str
    change: ChangedFact

    @property
    def at(self) -> datetime:
        """Return the instant of the change."""
        return self.change.at


@dataclass(frozen=True, slots=True)
class Stream:
    """What is followed; `folder` is its address without a format."""

    name: str
    title: str
    page: str
    folder: str
    kind: str = ""
    family: str = ""
    model_id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A stream's newest changes; `at` is that of the newest."""

    id: UUID
    title: str
    site: Site
    page_url: str
    url: str
    at: datetime | None
    entries: list[Entry]


def everything() -> Stream:
    """Return the stream of all changes."""
    return Stream("changes", "Changes", "/changes", "/changes")


def of_kind(kind: str) -> Stream:
    """Return the stream of a kind."""
    is_new = kind == NEW
    page = "/changes" if is_new else f"/changes?kind={kind}"
    chosen = str(ChangeKind.ADDED) if is_new else kind
    return Stream(f"changes/{kind}", KINDS[kind], page, f"/changes/{kind}", kind=chosen)


def folder_of_kind(kind: str) -> str:
    """Return the address of a kind's stream, else that of all."""
    # A correction is in the stream of prices.
    groups = {str(ChangeKind.ADDED): NEW, str(ChangeKind.CORRECTION): str(ChangeKind.PRICE)}
    word = groups.get(kind, kind)
    return f"/changes/{word}" if word in KINDS else "/changes"


def of_family(slug: str, name: str) -> Stream:
    """Return a family's stream."""
    path = quote(f"/models/{slug}", safe="/:@~")
    return Stream(f"families/{slug}", name, path, f"{path}/changes", family=slug)


def of_model(record: Record) -> Stream:
    """Return a model's stream."""
    path, model_id = record["path"], record["model_id"]
    return Stream(f"models/{model_id}", record["name"], path, f"{path}/changes", model_id=model_id)


def read(stream: Stream, form: str, site: Site) -> Feed:
    """Fetch a stream's newest changes; two queries."""
    made_at = catalog_made_at()
    newest_first = newest(MOST_ENTRIES, kind=stream.kind, family=stream.family, model_id=stream.model_id)
    return Feed(
        id=permanent_id(made_at, stream.name),
        title=one_line(f"{stream.title} \N{EM DASH} {site.name}"),
        site=site,
        page_url=f"{site.url}{stream.page}",
        url=f"{site.url}{stream.folder}.{form}",
        at=newest_first[0].at if newest_first else made_at,
        entries=[_entry(change, site) for change in newest_first],
    )


def _entry(change: ChangedFact, site: Site) -> Entry:
    path = change.path or f"/changes?q={quote(plain_text(change.subject))}"
    return Entry(
        id=change.id,
        url=f"{site.url}{path}",
        title=one_line(change.summary) or change.kind.capitalize(),
        text="\n".join(_lines(change)),
        change=change,
    )


def _lines(change: ChangedFact) -> Iterator[str]:
    yield plain_text(change.summary)
    before, after = _said(change.before), _said(change.after)
    if before or (after and change.before is not None):
        yield f"Before: {before or 'Not stated'}"
        yield f"After: {after or 'Not stated'}"


def _said(value: object) -> str:
    """Write a value in words; empty where it has none."""
    if isinstance(value, dict) and "meter" in value:
        # What is kept of a change is in English, whatever language the site speaks.
        with translation.override("en"):
            return price_text(PriceValue.from_record(cast("PriceValueRecord", value)))
    if isinstance(value, dict) and len(value) == 1:
        return _said(next(iter(value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return plain_text(str(value)) if isinstance(value, str | int | float) else ""
