"""Indexes for agents: `/llms.txt` (llmstxt.org), its full text, and one per family."""

from collections.abc import Callable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse

from catalog.models import Family, Variant
from catalog.presentation.wording import markdown
from catalog.presentation.wording.family import family_lead
from catalog.presentation.wording.subject import read_site
from catalog.text.instants import rfc3339
from catalog.text.query_names import takes
from config.cached_response import Text, answer
from config.llms_opening import opening_lines, start_lines
from docs import library
from pages import markdown_pages
from pages.llms_lines import brief, by_modality, family_lines, link, members, model_lines

# Characters; a last line counts what does not fit.
LONGEST, LONGEST_FULL = 49_000, 1_000_000
# With more, the index names families only: each has an index of its own.
MOST_MODELS = 600


@takes()
def index(_request: HttpRequest) -> HttpResponse:
    """Return the site's index."""
    return _answer("index", _index)


@takes()
def full(_request: HttpRequest) -> HttpResponse:
    """Return the docs and all models in one text."""
    return _answer("full", _full)


@takes()
def family(_request: HttpRequest, family_slug: str) -> HttpResponse:
    """Return a family's index."""
    row = (
        Family.objects.select_related("provider").filter(slug=family_slug).first()
        if "\0" not in family_slug
        else None
    )
    if row is None:
        raise Http404(family_slug)
    return _answer(f"family {row.pk}", lambda at, revision: _family(row, at, revision))


def _answer(name: str, write: Callable[[datetime, str], Text]) -> HttpResponse:
    def written(at: datetime, published: tuple[int, datetime | None]) -> Text:
        revision, day = published
        when = f", published on {rfc3339(day.replace(microsecond=0))}" if day else ""
        return write(at, f"Catalog revision {revision}{when}.")

    return answer(name, written)


def _index(at: datetime, revision: str) -> Text:
    # Models are not even read where they would not be listed.
    listed = members(at) if Variant.objects.count() <= MOST_MODELS else None
    opening = [*opening_lines(at, revision), *start_lines(), "", "## Families", ""]
    optional = ["", "## Optional", "", link("Everything in one text", "/llms-full.txt", is_twin=False)]
    optional += [link("Addresses of all pages", "/sitemap.xml", "with their last changes", is_twin=False)]
    pages = ["", *_docs()]
    models: list[str] = []
    for label, rows in by_modality(listed.all) if listed else []:
        models += ["", f"## {label}", "", *model_lines(rows)]
    families = family_lines(at)
    whole = [*opening, *families, *pages, *models, *optional]
    if _length(whole) > LONGEST:
        # 200 for the line that counts the rest.
        families = _fitting(families, LONGEST - _length([*opening, *pages, *optional]) - 200)
        whole = [*opening, *families, *pages, *optional]
    return "\n".join(whole) + "\n", listed.boundary if listed else None


def _full(at: datetime, revision: str) -> Text:
    lines = [*opening_lines(at, revision), *start_lines()]
    site = read_site().url
    for group in library.groups():
        for entry in group.entries:
            page = library.find(entry.slug)
            if page:
                text = markdown.written(page.markdown, site, f"{site}{entry.path}", markdown_pages.leading)
                lines += ["", f"## {markdown.text(page.title)}", "", text]
    listed, length, left_out = members(at), _length(lines), 0
    for rows in listed.by_family.values():
        record = rows[0].record
        added = ["", f"## Family: {markdown.text(record['family']['name'])}"]
        for one in rows:
            text = brief(one, rows)
            length += len(text) + 100
            if length > LONGEST_FULL:
                left_out += 1
            else:
                added += ["", text]
        lines += added if len(added) > 2 else []
    if left_out:
        lines += ["", link(f"{left_out} more models", "/models", "left out here for want of room")]
    return "\n".join(lines) + "\n", listed.boundary


def _family(row: Family, at: datetime, revision: str) -> Text:
    rows = members(at, row.slug)
    path = f"/models/{row.slug}"
    lines = [
        f"# {markdown.text(row.display_name)}",
        "",
        f"> {markdown.text(family_lead(row, rows.all))} {revision} Names and notes: {markdown.DATA}",
    ]
    lines += [
        "",
        "## The family",
        "",
        link(row.display_name, path, "its models side by side, and their addresses"),
    ]
    lines += [link("Index of the whole catalog", "/llms.txt", is_twin=False)]
    for label, group in by_modality(rows.all):
        lines += ["", f"## {label}", "", *model_lines(group)]
    return "\n".join(_fitting(lines, LONGEST)) + "\n", rows.boundary


def _docs() -> list[str]:
    lines = ["## Documentation", ""]
    for group in library.groups():
        lines += [link(entry.title, entry.path, markdown.text(entry.description)) for entry in group.entries]
    return lines


def _fitting(lines: list[str], room: int) -> list[str]:
    """Keep the lines that fit, and count the others."""
    fitting, used = [], 0
    for line in lines:
        used += len(line) + 1
        if used > room:
            break
        fitting.append(line)
    left_out = len(lines) - len(fitting)
    return (
        [*fitting, link(f"{left_out} more", "/models", "left out here for want of room")]
        if left_out
        else fitting
    )


def _length(lines: list[str]) -> int:
    return sum(len(line) + 1 for line in lines)
