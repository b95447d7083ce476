"""Pages of skills, their files, archives and index."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.template.loader import render_to_string

from catalog.models import Family
from catalog.presentation.skills.catalog_skill import LEAD
from catalog.presentation.skills.family_titles import titles
from catalog.presentation.skills.names import CATALOG
from catalog.presentation.skills.skill import FOLDER, MAIN, TYPES, Skill, install_command
from catalog.presentation.skills.skill_lookup import Shelf
from catalog.presentation.wording.markdown import tidy
from catalog.presentation.wording.subject import read_site
from catalog.text.language import say
from catalog.text.paging import numbered, page_number, pager
from catalog.text.query_names import takes
from skills import index as indexes
from skills.packaging import ARCHIVES
from skills.skill_html import body_html

PER_PAGE = 100


@takes("page")
def skills(request: HttpRequest) -> HttpResponse:
    """List the skills."""
    count = Family.objects.count()
    number = page_number(request.GET.get("page", ""))
    pages = pager(numbered("/skills"), number, count, PER_PAGE, is_within=True)
    context = {
        "families": titles(pages.start, pages.stop),
        "count": count,
        "own": CATALOG,
        "own_lead": LEAD,
        "command": install_command(read_site().url, "'*'"),
        **pages.words(),
    }
    return _answer(request, "skills/index.html", context)


@takes()
def skill(request: HttpRequest, key: str) -> HttpResponse:
    """Show one skill."""
    current = _find(key)
    # Names redirect to the address, so that each skill has one page.
    if current.key != key:
        return HttpResponsePermanentRedirect(quote(current.path), headers={"Cache-Control": "max-age=300"})
    site = read_site().url
    folder = f".claude/skills/{current.name}"
    context = {
        "skill": current,
        "trail": [(say("Skills"), "/skills"), (current.title, "")],
        # A slug with a slash has no page: the address would mean a model.
        "family_path": f"/models/{current.family}" if current.family and "/" not in current.family else "",
        "command": install_command(site, current.name),
        "unpacking": f"mkdir -p {folder}\n"
        f"curl --silent --show-error {site}{current.path}.tar.gz | tar -xz -C {folder}",
        "files": [(name, f"{current.path}/{name}", len(content)) for name, content in current.files.items()],
        "archives": [(kind, f"{current.path}.{kind}") for kind in ARCHIVES],
        "body_html": body_html(current),
    }
    return _answer(request, "skills/skill.html", context)


@takes()
def main_file(_request: HttpRequest, key: str) -> HttpResponseBase:
    """Return a skill's `SKILL.md`, as installed."""
    return _file(key, MAIN)


@takes()
def reference(_request: HttpRequest, key: str, name: str) -> HttpResponseBase:
    """Return another file of a skill."""
    return _file(key, f"{FOLDER}{name}")


@takes()
def archive(_request: HttpRequest, key: str, kind: str) -> HttpResponseBase:
    """Return a skill's files in one archive."""
    skill_files = _find(key)
    media_type, pack = ARCHIVES[kind]
    response = HttpResponse(pack(skill_files.files), content_type=media_type)
    response["Content-Disposition"] = f'attachment; filename="{skill_files.name}.{kind}"'
    return _kept(response)


@takes()
def index(_request: HttpRequest) -> HttpResponseBase:
    """Return the index of all skills."""
    return _json(indexes.whole(Shelf()).text)


@takes()
def index_of_one(_request: HttpRequest, key: str) -> HttpResponseBase:
    """Return the index of one skill."""
    return _json(indexes.of_one(_find(key)).text)


def _find(key: str) -> Skill:
    current = Shelf().find(key)
    if current is None:
        raise Http404(f"There is no skill {key!r}.")
    return current


def _file(key: str, name: str) -> HttpResponse:
    content = _find(key).files.get(name)
    if content is None:
        raise Http404(f"The skill {key!r} has no file {name!r}.")
    return _kept(HttpResponse(content, content_type=TYPES[name.rpartition(".")[2]]))


def _json(content: bytes) -> HttpResponse:
    return _kept(HttpResponse(content, content_type="application/json"))


def _kept(response: HttpResponse) -> HttpResponse:
    # Revalidated each time: yesterday's digest would not fit today's archive.
    response["Cache-Control"] = "public, no-cache"
    response["Access-Control-Allow-Origin"] = "*"
    return response


def _answer(request: HttpRequest, template: str, context: Mapping[str, Any]) -> HttpResponse:
    if getattr(request, "twin", "") != "md":
        return render(request, template, context)
    name = f"text/{template.replace('/', '_').removesuffix('.html')}.md"
    text = tidy(render_to_string(name, dict(context), request))
    return HttpResponse(text, content_type="text/markdown; charset=utf-8")
