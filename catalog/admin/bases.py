"""The admin classes this admin builds on: typed while types are checked, addresses read as https."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest

from catalog.admin.busy import refusing
from catalog.admin.merged_pages import MergingAdmin
from catalog.admin.merging import MergingForm, RowsFormSet
from catalog.checks.record_rules import remains

if TYPE_CHECKING:
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _TabularInline = admin.TabularInline


MARKDOWN = frozenset({"overview", "body", "answer"})
"""Fields that editors write for visitors."""


class JSONField(forms.JSONField):
    """JSON as text; nested too deeply to be read, it is as invalid as any other."""

    def to_python(self, value: Any) -> Any:
        """Read the text."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Give what the form shows again: the text as it was sent, where it cannot be read."""
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


class ModelForm(MergingForm):
    """A form whose JSON has the shape that pages read: lists of words, objects."""

    def clean(self) -> dict[str, Any]:
        """Refuse any other shape."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self._meta.model._meta.fields:  # noqa: SLF001
            if not isinstance(field, models.JSONField) or cleaned.get(field.name) is None:
                continue
            value = cleaned[field.name]
            if field.default is dict and not isinstance(value, dict):
                self.add_error(field.name, 'Write an object, like {"size": "1k"}.')
            if field.default is list and not _is_words(value):
                self.add_error(field.name, 'Write a list of words, like ["text", "image"].')
        for name in MARKDOWN & cleaned.keys():
            for said in remains(cleaned[name] or ""):
                self.add_error(name, said)
        return cleaned


_OVERRIDES: Any = {
    models.URLField: {"assume_scheme": "https"},
    models.JSONField: {"form_class": JSONField},
}


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


class ModelAdmin(MergingAdmin):
    """The admin of one class."""

    formfield_overrides = _OVERRIDES

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[Any]:
        """Return the form; where the database is busy, one that says so."""
        form: type[Any] = super().get_form(request, *args, **kwargs)
        return refusing(form) if getattr(request, "is_refused", False) else form


class TabularInline(_TabularInline):
    """Rows below the form of their parent."""

    formset = RowsFormSet
    formfield_overrides = _OVERRIDES
