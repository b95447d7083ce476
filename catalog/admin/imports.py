"""Files of catalogs in the admin: one is uploaded, its plan looked at, and imported as it was shown."""

import hashlib
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.import_form import UploadForm
from catalog.admin.publishing import ReadOnlyAdmin
from catalog.exchange.evidence import EvidencePlan
from catalog.exchange.importing import Found, ImportScope, carry_out, digest, prepare
from catalog.exchange.plan_report import import_report, kept_rows
from catalog.exchange.reading import CatalogFileError
from catalog.exchange.registry import FORMATS, OWN
from catalog.exchange.sources import unpacked
from catalog.models import ImportFile

SHOWN = 200


@admin.register(ImportFile)
class ImportFileAdmin(ReadOnlyAdmin):
    """Every file that was uploaded, and what became of it."""

    list_display = ["name", "format", "mode", "file_name", "stage", "created_by", "created_at"]
    list_filter = ["format", "mode"]
    list_select_related = ["created_by"]
    search_fields = ["file_name", "sha256"]
    change_list_template = "admin/catalog/imports.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportFile]:
        """Leave the files themselves out of the list."""
        return super().get_queryset(request).defer("content", "left_out")

    @admin.display(description="Import", ordering="pk")
    def name(self, row: ImportFile) -> SafeString:
        """Lead to the review."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:catalog_importfile_review", args=[row.pk]), row
        )

    @admin.display(description="Stage")
    def stage(self, row: ImportFile) -> str:
        """Return whether it was imported."""
        return f"Imported as revision {row.revision_id}" if row.revision_id else "Looked at"

    def get_urls(self) -> list[URLPattern]:
        """Add the upload and the review."""
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(self.upload), name="catalog_importfile_upload"),
            path("<int:pk>/review/", wrap(self.review), name="catalog_importfile_review"),
            path("<int:pk>/lines.json", wrap(self.lines), name="catalog_importfile_lines"),
            path("<int:pk>/change/", wrap(self._moved), name="catalog_importfile_change"),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Store a readable file; nothing is imported yet."""
        if not request.user.has_perm("catalog.add_importfile"):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                row = _kept(request, form.cleaned_data)
            except CatalogFileError as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(reverse("admin:catalog_importfile_review", args=[row.pk]))
        context = {**self._frame(request), "title": "Import a catalog", "form": form}
        return TemplateResponse(request, "admin/catalog/import_upload.html", context)

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show what an import would do, and do it where the plan is still the one that was shown."""
        row = _row(request, pk)
        wrong, plan = "", None
        if row.revision_id is None:
            try:
                plan = _prepared(row)
                if request.method == "POST":
                    return self._act(request, row, plan)
            except CatalogFileError as error:
                wrong = str(error)
        context = {
            **self._frame(request),
            "title": f"{row}: {row.file_name}",
            "row": row,
            "label": FORMATS[row.format].label,
            "wrong": wrong,
            "may_apply": request.user.has_perm("catalog.change_importfile"),
            **(_shown(plan) if plan else _left_out(row)),
        }
        return TemplateResponse(request, "admin/catalog/import_review.html", context)

    def lines(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return every line as the command's `--json` does; of a finished import, what is stored of it."""
        row = _row(request, pk)
        try:
            report = {**row.counts, **row.left_out} if row.revision_id else import_report(_prepared(row))
        except CatalogFileError as error:
            return HttpResponse(str(error), status=409, content_type="text/plain; charset=utf-8")
        response = JsonResponse(report)
        response["Content-Disposition"] = f'attachment; filename="import-{row.pk}.json"'
        return response

    def _act(self, request: HttpRequest, row: ImportFile, plan: Found) -> HttpResponse:
        if not request.user.has_perm("catalog.change_importfile"):
            raise PermissionDenied
        address = reverse("admin:catalog_importfile_changelist")
        if "_discard" in request.POST:
            row.delete()
            self.message_user(request, "The file was discarded. Nothing was imported.")
        elif request.POST.get("plan") != digest(plan):
            self.message_user(
                request, "The catalog has changed since: look at the plan again.", level="warning"
            )
            address = reverse("admin:catalog_importfile_review", args=[row.pk])
        else:
            _carry_out(request, row, plan)
            address = reverse("admin:catalog_importfile_review", args=[row.pk])
            self.message_user(request, f"{row.file_name} was imported as it was shown.")
        return HttpResponseRedirect(address)

    def _moved(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002 - the address's shape
        return HttpResponseRedirect(reverse("admin:catalog_importfile_review", args=[pk]))

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}


def _row(request: HttpRequest, pk: int) -> ImportFile:
    row = ImportFile.objects.select_related("created_by", "revision__actor").filter(pk=pk).first()
    if row is None or not request.user.has_perm("catalog.view_importfile"):
        raise Http404
    return row


def _kept(request: HttpRequest, cleaned: dict[str, Any]) -> ImportFile:
    content, name = cleaned["file"].read(), cleaned["file"].name
    row = ImportFile(
        format=cleaned["format"],
        mode=cleaned["mode"],
        provider=cleaned["provider"],
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_by=request.user,  # type: ignore[misc]
        created_at=timezone.now(),
    )
    # A file that is none of its format is not kept.
    _prepared(row)
    row.save()
    return row


def _prepared(row: ImportFile) -> Found:
    content = bytes(row.content)
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Http404
    files = unpacked(content, row.file_name, tree=FORMATS[row.format].reads_tree)
    scope = ImportScope(row.format, row.mode, row.provider or None)  # type: ignore[arg-type]
    return prepare(scope, files, row.file_name, row.created_at)


def _carry_out(request: HttpRequest, row: ImportFile, plan: Found) -> None:
    """Import and note it in one transaction; a second click finds that it is done."""
    reason = f"Import of {row.file_name}"
    if row.format != OWN:
        reason += f" as {row.mode}, from {FORMATS[row.format].label}"
    with transaction.atomic():
        locked = ImportFile.objects.select_for_update().get(pk=row.pk)
        if locked.revision_id is not None:
            return
        locked.revision_id = carry_out(plan, reason=reason, actor=request.user)  # type: ignore[arg-type]
        locked.counts = _counts(plan)
        locked.left_out = kept_rows(plan)
        # What was read is on record now; the file itself is not kept beside it.
        locked.content = b""
        locked.save()


def _counts(plan: Found) -> dict[str, int]:
    return {
        "new": plan.count("new"),
        "changed": plan.count("change"),
        "read again": len(plan.checked),
        "unchanged": plan.unchanged,
        "left alone": plan.count("conflict"),
        "refused": len(plan.refused),
        "to check": len(plan.warnings),
    }


def _left_out(row: ImportFile) -> dict[str, Any]:
    """Return the first rows that a finished import left out."""
    rows = row.left_out.get("rows", [])
    return {
        "left_out": rows[:SHOWN],
        "left_out_count": len(rows) + row.left_out.get("more", 0),
        "left_out_more": row.left_out.get("more", 0),
    }


def _shown(plan: Found) -> dict[str, Any]:
    by_verb = {
        verb: [line for line in plan.lines if line.verb == verb] for verb in ("change", "conflict", "new")
    }
    titles = {"change": "Changes", "conflict": "Left alone", "new": "New"}
    return {
        "counts": _counts(plan),
        "rows": plan.rows,
        "plan": digest(plan),
        "is_empty": plan.is_empty,
        "parts": [(titles[verb], len(lines), lines[:SHOWN]) for verb, lines in by_verb.items() if lines],
        "warnings": plan.warnings[:SHOWN],
        "warning_count": len(plan.warnings),
        "refused": plan.refused[:SHOWN],
        "refused_count": len(plan.refused),
        "lost": plan.lost.most_common(SHOWN),
        "unmatched": plan.unmatched[:SHOWN] if isinstance(plan, EvidencePlan) else [],
        "unmatched_count": len(plan.unmatched) if isinstance(plan, EvidencePlan) else 0,
    }
