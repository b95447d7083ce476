"""Change pages that send along what they show."""

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest, HttpResponse
from django.utils import timezone

from catalog.admin.changed_by import authors
from catalog.admin.form_snapshot import FIELD, Shown, name_of, read, stored, stored_rows
from catalog.admin.merging import EditedPage
from catalog.publishing.publish import current_revision

if TYPE_CHECKING:
    _ModelAdmin = admin.ModelAdmin[Any]
else:
    _ModelAdmin = admin.ModelAdmin


class MergingAdmin(_ModelAdmin):
    """An admin whose saves merge with others'."""

    def authors_of(self, row: models.Model, name: str, shown: Shown) -> str:
        """Return who changed a field since."""
        return authors(row, name, shown)

    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Note revision and time first."""
        # Before the rows are read: what is written meanwhile counts as later.
        request.read_at = _now()  # type: ignore[attr-defined]
        return super().changeform_view(request, object_id, form_url, extra_context)

    def get_form(self, request: HttpRequest, obj: Any = None, change: bool = False, **kwargs: Any) -> Any:  # noqa: FBT001, FBT002
        """Add the page to the form."""
        form: Any = super().get_form(request, obj, change, **kwargs)
        form.page = self._page(request, obj)
        return form

    def get_formsets_with_inlines(self, request: HttpRequest, obj: Any = None) -> Iterator[Any]:
        """Add the page to rows."""
        page = self._page(request, obj)
        for formset, inline in super().get_formsets_with_inlines(request, obj):
            formset.form.page = page
            yield formset, inline

    def get_inline_formsets(
        self, request: HttpRequest, formsets: list[Any], inline_instances: list[Any], obj: Any = None
    ) -> list[Any]:
        """Show the rows that were sent."""
        for formset in formsets:
            if formset.is_bound:
                # Django would pair them with the stored rows by position, which others may have added or
                # deleted.
                formset._queryset = [form.instance for form in formset.initial_forms]  # noqa: SLF001
        return super().get_inline_formsets(request, formsets, inline_instances, obj)

    def render_change_form(
        self,
        request: HttpRequest,
        context: dict[str, Any],
        add: bool = False,  # noqa: FBT001, FBT002
        change: bool = False,  # noqa: FBT001, FBT002
        form_url: str = "",
        obj: Any = None,
    ) -> HttpResponse:
        """Add the hidden field."""
        if change and obj is not None and self.has_change_permission(request, obj):
            context["shown"] = self._shown(request, context, obj).signed()
        return super().render_change_form(request, context, add, change, form_url, obj)

    def _page(self, request: HttpRequest, obj: Any) -> EditedPage | None:
        if obj is None:
            return None
        return EditedPage(read(request.POST.get(FIELD, ""), name_of(obj)), self.authors_of)

    def _shown(self, request: HttpRequest, context: dict[str, Any], obj: models.Model) -> Shown:
        form, before = context["adminform"].form, None
        if form.is_bound and form.page is not None:
            before = form.page.shown
        groups = {}
        for inline in context["inline_admin_formsets"]:
            rows = inline.formset.initial_forms
            # Of a row deleted meanwhile, what was shown before: a second save must still know it.
            gone = {row.number: row.shown for row in rows if row.is_gone and row.shown is not None}
            groups[inline.formset.prefix] = stored_rows(rows) | gone
        # A save that the database was too busy for is shown again without this view: nothing was read before.
        revision, at = (before.revision, before.at) if before else getattr(request, "read_at", None) or _now()
        return Shown(name_of(obj), revision, at, stored(form), groups)


def _now() -> tuple[int, str]:
    return current_revision()[0], timezone.now().isoformat()
