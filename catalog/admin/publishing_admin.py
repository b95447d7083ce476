"""The base admin: one save is one publish, and nothing is deleted."""

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from django import forms
from django.db import models
from django.http import HttpRequest, HttpResponse

from catalog.admin.bases import ModelAdmin, ModelForm
from catalog.admin.busy import keeps_form
from catalog.models import Variant
from catalog.publishing.publish import Edition, publish
from catalog.vocabulary import ChangeKind, Origin


class ReasonForm(ModelForm):
    """A form with a reason."""

    change_reason = forms.CharField(
        required=False,
        max_length=500,
        label="Reason",
        help_text="Kept in the history beside what you change.",
    )

    class Meta:
        labels: ClassVar[dict[str, str]] = {"source_url": "Source URL"}


def said_by(check: Callable[[str], str], text: str) -> str:
    """Check a text as files are; a refusal goes beside the field."""
    try:
        return check(text)
    except ValueError as error:
        raise forms.ValidationError(str(error)) from error


def counted(rows: Sequence[object], noun: str) -> str:
    """Return "1 model", "2 models"."""
    return f"{len(rows)} {noun}{'' if len(rows) == 1 else 's'}"


class PublishingAdmin(ModelAdmin):
    """Publishes a form in one revision, with an event per fact."""

    form = ReasonForm

    @keeps_form
    def changeform_view(
        self,
        request: HttpRequest,
        object_id: str | None = None,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Wrap the save in one publish."""
        if request.method != "POST":
            return super().changeform_view(request, object_id, form_url, extra_context)
        reason = request.POST.get("change_reason", "").strip()
        with publish(actor=request.user, origin=Origin.ADMIN, reason=reason) as edition:  # type: ignore[arg-type]
            request.edition = edition  # type: ignore[attr-defined]
            return super().changeform_view(request, object_id, form_url, extra_context)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save the changed fields, each with its event."""
        edition = _edition(request)
        if not change:
            # What an admin set, loading a file leaves alone.
            obj.admin_fields = sorted({*form.changed_data} - {"change_reason"})
            edition.add(obj)
            name = obj.model_id if isinstance(obj, Variant) else obj.slug
            edition.record(ChangeKind.ADDED, obj, f"{obj} added to the catalog", after=name)
            return
        # As stored, not as shown: others may have changed the other fields.
        stored = type(obj).objects.get(pk=obj.pk)
        names = [name for name in form.changed_data if name != "change_reason"]
        edition.change(stored, {name: form.cleaned_data[name] for name in names})

    def save_formset(self, request: HttpRequest, form: Any, formset: Any, change: bool) -> None:  # noqa: FBT001, ARG002
        """Save child rows as one group."""
        rows = formset.save(commit=False)
        if not rows and not formset.deleted_objects:
            return
        edition = _edition(request)
        parent = type(form.instance).objects.get(pk=form.instance.pk)
        # Before new rows, which may take the place of a deleted one.
        edition.remove(formset.deleted_objects)
        for row, names in formset.changed_objects:
            edition.store(row, names)
        for row in formset.new_objects:
            edition.add(row)
        group = formset.model._meta.verbose_name_plural  # noqa: SLF001
        edition.record(ChangeKind.CATALOG, parent, f"{parent}: {group} changed")
        edition.claim(parent, formset.fk.remote_field.get_accessor_name())

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Refuse: published rows are retired or closed."""
        return False


class ReadOnlyAdmin(ModelAdmin):
    """Rows that nobody edits."""

    def has_add_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Refuse: publishing writes these."""
        return False

    def has_change_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False

    def has_delete_permission(self, request: HttpRequest, obj: models.Model | None = None) -> bool:  # noqa: ARG002
        """Refuse."""
        return False


def _edition(request: HttpRequest) -> Edition:
    edition: Edition = request.edition  # type: ignore[attr-defined]
    return edition
