"""Reviewing, approving, moving, cancelling and undoing change sets."""

from datetime import datetime
from typing import Any

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Count, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.change_set_review import WhenForm, read_back
from catalog.admin.prices_after import pages_after
from catalog.admin.pricing_desk import csv_view, desk_view
from catalog.admin.publishing_admin import ReadOnlyAdmin
from catalog.models import ChangeSet
from catalog.publishing import change_sets
from catalog.publishing.preview import preview
from catalog.publishing.price_changes import RefusedError


@admin.register(ChangeSet)
class ChangeSetAdmin(ReadOnlyAdmin):
    """Change sets, and the pricing desk."""

    list_display = ["name", "stage", "edits_said", "created_by", "created_at", "applies_at", "reason"]
    list_filter = ["state"]
    list_select_related = ["created_by"]
    search_fields = ["reason", "source_label", "edits__variant__model_id"]
    change_list_template = "admin/catalog/change_sets.html"

    @admin.display(description="Change set", ordering="pk")
    def name(self, row: ChangeSet) -> SafeString:
        """Link to the review."""
        return format_html(
            '<a href="{}">{}</a>', reverse("admin:catalog_changeset_review", args=[row.pk]), row
        )

    @admin.display(description="Stage")
    def stage(self, row: ChangeSet) -> str:
        """Return the current stage."""
        return row.stage(timezone.now()).capitalize()

    @admin.display(description="Edits")
    def edits_said(self, row: Any) -> int:
        """Count edits."""
        count: int = row.edit_count
        return count

    def get_queryset(self, request: HttpRequest) -> QuerySet[ChangeSet]:
        """Count edits along."""
        rows: QuerySet[ChangeSet] = super().get_queryset(request)
        return rows.annotate(edit_count=Count("edits"))

    def get_urls(self) -> list[URLPattern]:
        """Add desk and review."""
        wrap = self.admin_site.admin_view
        return [
            path("desk/", wrap(self.desk), name="catalog_changeset_desk"),
            path("desk/csv/", wrap(csv_view), name="catalog_changeset_csv"),
            path("<int:pk>/review/", wrap(self.review), name="catalog_changeset_review"),
            # In the place of Django's change page: links to a row lead to its review.
            path("<int:pk>/change/", wrap(self._moved), name="catalog_changeset_change"),
            *super().get_urls(),
        ]

    def desk(self, request: HttpRequest) -> HttpResponse:
        """Show the pricing desk."""
        if not request.user.has_perm("catalog.view_price"):
            raise PermissionDenied
        return desk_view(request, self._frame(request))

    def review(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Show a set, and do what a button asks."""
        row = ChangeSet.objects.select_related("created_by", "decided_by", "undoes").filter(pk=pk).first()
        if row is None or not request.user.has_perm("catalog.view_changeset"):
            raise Http404
        now = timezone.now()
        effect = preview(row, now)
        is_posted = request.method == "POST"
        form = WhenForm(
            request.POST if is_posted else None,
            required_phrase=effect.phrase if _needs(request) else "",
            initial={"applies_at": parse_datetime(f"{request.GET.get('since', '')}Z") or None},
        )
        wrong: list[str] = []
        if is_posted and form.is_valid():
            if not request.user.has_perm("catalog.approve_changeset"):
                raise PermissionDenied
            try:
                return self._act(request, row, form.cleaned_data["applies_at"])
            except RefusedError as error:
                wrong = getattr(error, "lines", [str(error)])
                # Prices may have changed meanwhile, which may be why it was refused.
                effect = preview(row, now)
        context = {
            **self._frame(request),
            "title": f"{row}: {row.reason}",
            "row": row,
            "stage": row.stage(now),
            "found": effect,
            "form": form,
            "wrong": wrong,
            "pages_after": pages_after(row, now) if row.stage(now) == "draft" else [],
            "read_back": read_back(row) if row.stage(now) == "applied" else [],
            "may_approve": request.user.has_perm("catalog.approve_changeset"),
        }
        return TemplateResponse(request, "admin/catalog/change_set.html", context)

    def _act(self, request: HttpRequest, row: ChangeSet, applies_at: datetime | None) -> HttpResponse:
        user: Any = request.user
        text = request.POST.get("seen", "")
        seen = int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None
        if "_approve" in request.POST:
            done = change_sets.approve(row, user, applies_at=applies_at)
            self.message_user(request, f"{done} is {done.stage(timezone.now())}.")
        elif "_cancel" in request.POST:
            self.message_user(request, f"{change_sets.withdraw(row, user, seen=seen)} is cancelled.")
        elif "_move" in request.POST:
            if applies_at is None:
                raise RefusedError("Say to when it shall be moved.")
            done = change_sets.reschedule(row, user, applies_at, seen=seen)
            self.message_user(request, f"{done} now takes effect on {applies_at:%Y-%m-%d %H:%M} UTC.")
        elif "_undo" in request.POST:
            row = change_sets.undo(row, user)
            self.message_user(request, f"{row} is a draft that undoes it. Nothing is published yet.")
        return HttpResponseRedirect(reverse("admin:catalog_changeset_review", args=[row.pk]))

    def _moved(self, request: HttpRequest, pk: int) -> HttpResponse:  # noqa: ARG002 - the address's shape
        return HttpResponseRedirect(reverse("admin:catalog_changeset_review", args=[pk]))

    def _frame(self, request: HttpRequest) -> dict[str, Any]:
        return {**self.admin_site.each_context(request), "opts": self.opts}


def _needs(request: HttpRequest) -> bool:
    return "_approve" in request.POST
