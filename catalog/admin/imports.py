"""Importing files in the admin: upload, review, import."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin import bundled
from catalog.admin.import_form import UploadForm
from catalog.admin.import_steps import describe_left_out, describe_plan, import_file, keep_file, prepare_file
from catalog.admin.publishing_admin import ReadOnlyAdmin
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.importing import Found, digest
from catalog.exchange.plan_report import import_report
from catalog.exchange.registry import FORMATS
from catalog.models import ImportFile


@admin.register(ImportFile)
class ImportFileAdmin(ReadOnlyAdmin):
    """Uploaded files."""

    list_display = ["name", "format", "mode", "file_name", "stage", "created_by", "created_at"]
    list_filter = ["format", "mode"]
    list_select_related = ["created_by"]
    search_fields = ["file_name", "sha256"]
    change_list_template = "admin/catalog/imports.html"

    def get_queryset(self, request: HttpRequest) -> QuerySet[ImportFile]:
        """Leave out the large columns."""
        return super().get_queryset(request).defer("content", "left_out")

    @admin.display(description="Import", ordering="pk")
    def name(self, row: ImportFile) -> SafeString:
        """Link to the review."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:catalog_importfile_review", args=[row.pk]), row
        )

    @admin.display(description="Stage")
    def stage(self, row: ImportFile) -> str:
        """Return whether it was imported."""
        return f"Imported as revision {row.revision_id}" if row.revision_id else "Looked at"

    def get_urls(self) -> list[URLPattern]:
        """Add upload and review."""
        wrap = self.admin_site.admin_view
        return [
            path("upload/", wrap(self.upload), name="catalog_importfile_upload"),
            path("bundled/", wrap(self.bundled), name="catalog_importfile_bundled"),
            path("<int:pk>/review/", wrap(self.review), name="catalog_importfile_review"),
            path("<int:pk>/lines.json", wrap(self.lines), name="catalog_importfile_lines"),
            # In the place of Django's change page: links to a row lead to its review.
            path("<int:pk>/change/", wrap(self._moved), name="catalog_importfile_change"),
            *super().get_urls(),
        ]

    def upload(self, request: HttpRequest) -> HttpResponse:
        """Store a file; nothing is imported yet."""
        if not request.user.has_perm("catalog.add_importfile"):
            raise PermissionDenied
        form = UploadForm(request.POST or None, request.FILES or None)
        if request.method == "POST" and form.is_valid():
            try:
                row = keep_file(request, form.cleaned_data)
            except CatalogFileError as error:
                form.add_error("file", str(error))
            else:
                return HttpResponseRedirect(reverse("admin:catalog_importfile_review", args=[row.pk]))
        context = {**self._frame(request), "title": "Import a catalog", "form": form}
        return TemplateResponse(request, "admin/catalog/import_upload.html", context)

    def bundled(self, request: HttpRequest) -> HttpResponse:
        """Show what loading the bundled catalog would change."""
        return bundled.review(request, self._frame(request))

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show the plan, and import it."""
        row = _row(request, pk)
        wrong, plan = "", None
        if row.revision_id is None:
            try:
                plan = prepare_file(row)
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
            **(describe_plan(plan) if plan else describe_left_out(row)),
        }
        return TemplateResponse(request, "admin/catalog/import_review.html", context)

    def lines(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Return the report as JSON."""
        row = _row(request, pk)
        try:
            # Of a finished import only this is stored: its content is gone.
            report = {**row.counts, **row.left_out} if row.revision_id else import_report(prepare_file(row))
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
        # Only the plan that was shown is imported.
        elif request.POST.get("plan") != digest(plan):
            self.message_user(
                request, "The catalog has changed since: look at the plan again.", level="warning"
            )
            address = reverse("admin:catalog_importfile_review", args=[row.pk])
        else:
            import_file(request, row, plan)
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
