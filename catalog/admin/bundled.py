"""The bundled catalog's newer facts: a notice on the front page, the plan, and loading it."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.cache import cache
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import reverse

from catalog.admin.import_steps import describe_plan
from catalog.exchange import catalog_file
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.importing import digest
from catalog.exchange.load import apply, bundled_files
from catalog.exchange.plan import plan
from catalog.exchange.plan_lines import Plan
from catalog.publishing.publish import current_revision

REASON = "Bundled catalog"
TITLE = "The bundled catalog"
DAY = 24 * 60 * 60


@dataclass(frozen=True, slots=True)
class News:
    """How many facts are newer than those on record, or why that cannot be planned."""

    count: int = 0
    trouble: str = ""


def news() -> News:
    """Count what loading the bundled catalog would change; 0 for a catalog that has none of its models."""
    files = hashlib.sha256(b"".join(path.read_bytes() for path in bundled_files())).hexdigest()
    # Planned once per revision: it reads all files.
    number, _published_at = current_revision()
    key = f"bundled-news:{number}:{files}"
    planned: News | None = cache.get(key)
    if planned is None:
        try:
            planned = News(_count(_plan()))
        except CatalogFileError as error:
            # What an admin has set since may contradict a file.
            planned = News(trouble=str(error))
        cache.set(key, planned, DAY)
    return planned


def front_context(request: HttpRequest) -> dict[str, Any]:
    """Return what the front page says of it to those who may see imports."""
    return {"bundled_news": news()} if request.user.has_perm("catalog.view_importfile") else {}


def review(request: HttpRequest, frame: Mapping[str, Any]) -> HttpResponse:
    """Show the plan, and load it as it was shown."""
    if not request.user.has_perm("catalog.view_importfile"):
        raise PermissionDenied
    may_apply = request.user.has_perm("catalog.change_importfile")
    try:
        load_plan, wrong = _plan(), ""
    except CatalogFileError as error:
        context = {**frame, "title": TITLE, "wrong": str(error)}
        return TemplateResponse(request, "admin/catalog/bundled.html", context)
    if request.method == "POST":
        if not may_apply:
            raise PermissionDenied
        wrong = _load(request, load_plan)
        if not wrong:
            return HttpResponseRedirect(reverse("admin:index"))
    context = {
        **frame,
        "title": TITLE,
        "wrong": wrong,
        "may_apply": may_apply,
        **describe_plan(load_plan),
    }
    return TemplateResponse(request, "admin/catalog/bundled.html", context)


def _load(request: HttpRequest, load_plan: Plan) -> str:
    if request.POST.get("plan") != digest(load_plan):
        return "the catalog has changed since: look at the plan again"
    try:
        revision = apply(load_plan, reason=REASON, actor=request.user)  # type: ignore[arg-type]
    except CatalogFileError as error:
        return str(error)
    messages.success(request, f"The bundled catalog was loaded as revision {revision}.")
    return ""


def _plan() -> Plan:
    return plan(catalog_file.read(bundled_files()))


def _count(load_plan: Plan) -> int:
    return sum(line.verb != "conflict" for line in load_plan.lines) if load_plan.on_record.variants else 0
