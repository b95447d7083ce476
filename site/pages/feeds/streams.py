"""The streams of changes that can be followed, and what an entry of one says."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote
from uuid import UUID

from catalog.history.changes import NEW, ChangedFact, catalog_made_at, newest, permanent_id
from catalog.presentation.wording.subject import Site
from catalog.records.record import Record
from pages.feeds.plain_text import one_line, plain_text

MOST_ENTRIES = 100
KINDS = {"price": "Prices", "lifecycle": "Lifecycle", "status": "Status", NEW: "New models"}
"""Kind in the address -> what the stream is called; of a kind `catalog` only what is new has one."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One change, ready to be written: an ID that stays, an absolute address, and plain words."""

    id: UUID
    url: str
    title: str
    text: str
    change: ChangedFact

    @property
    def at(self) -> datetime:
        """Return the instant of the change, which never moves."""
        return self.change.at


@dataclass(frozen=True, slots=True)
class Stream:
    """What is followed: everything, a kind, a family or a model. `folder` is its address without a format."""

    name: str
    title: str
    page: str
    folder: str
    kind: str = ""
    family: str = ""
    model_id: str | None = None


@dataclass(frozen=True, slots=True)
class Feed:
    """A stream with its newest changes; `at` is the instant of the newest one."""

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
    """Return the stream of one kind."""
    page = "/changes" if kind == NEW else f"/changes?kind={kind}"
    return Stream(f"changes/{kind}", KINDS[kind], page, f"/changes/{kind}", kind=kind)


def of_family(slug: str, name: str) -> Stream:
    """Return the stream of a family and its models."""
    path = quote(f"/models/{slug}", safe="/:@~")
    return Stream(f"families/{slug}", name, path, f"{path}/changes", family=slug)


def of_model(record: Record) -> Stream:
    """Return the stream of a model."""
    path, model_id = record["path"], record["model_id"]
    return Stream(f"models/{model_id}", record["name"], path, f"{path}/changes", model_id=model_id)


def read(stream: Stream, form: str, site: Site) -> Feed:
    """Fetch the newest changes of a stream; two queries."""
    made_at = catalog_made_at()
    found = newest(MOST_ENTRIES, kind=stream.kind, family=stream.family, model_id=stream.model_id)
    return Feed(
        id=permanent_id(made_at, stream.name),
        title=one_line(f"{stream.title} \N{EM DASH} {site.name}"),
        site=site,
        page_url=f"{site.url}{stream.page}",
        url=f"{site.url}{stream.folder}.{form}",
        at=found[0].at if found else made_at,
        entries=[_entry(change, site) for change in found],
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
    """Say what changed, and the value before and after where each is one that words can give."""
    yield plain_text(change.summary)
    before, after = _said(change.before), _said(change.after)
    if before or (after and change.before is not None):
        yield f"Before: {before or 'Not stated'}"
        yield f"After: {after or 'Not stated'}"


def _said(value: object) -> str:
    """Write a word, a number, a day, or a list of these; empty for what is nothing or has more parts."""
    if isinstance(value, dict) and len(value) == 1:
        return _said(next(iter(value.values())))
    if isinstance(value, list):
        return ", ".join(filter(None, map(_said, value)))
    if isinstance(value, bool):
        return "Yes" if value else "No"
    return plain_text(str(value)) if isinstance(value, str | int | float) else ""
