"""Base classes of this admin."""

from typing import TYPE_CHECKING, Any, ClassVar

from django import forms
from django.contrib import admin
from django.contrib.admin.widgets import AdminTextareaWidget
from django.db import models
from django.forms.fields import InvalidJSONInput
from django.http import HttpRequest

from catalog.admin.busy import refusing
from catalog.admin.checked_texts import CheckedTexts
from catalog.admin.merged_pages import MergingAdmin
from catalog.admin.merging import MergingForm, RowsFormSet
from catalog.text.clean_markdown import clean
from catalog.text.identifiers import check_name, unix_lines
from catalog.text.placeholders import remains

if TYPE_CHECKING:
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _TabularInline = admin.TabularInline


MARKDOWN = frozenset({"overview", "body", "answer"})


class JSONField(forms.JSONField):
    """JSON as text; too deep nesting is invalid."""

    def to_python(self, value: Any) -> Any:
        """Parse the text."""
        try:
            return super().to_python(value)
        except RecursionError as error:
            raise forms.ValidationError(self.error_messages["invalid"], code="invalid") from error

    def bound_data(self, data: Any, initial: Any) -> Any:
        """Return the text as sent if it cannot be parsed."""
        try:
            return super().bound_data(data, initial)
        except RecursionError:
            return InvalidJSONInput(data)


class Lines(AdminTextareaWidget):
    """A text area with Unix line ends."""

    def value_from_datadict(self, data: Any, files: Any, name: str) -> Any:
        """Read the text."""
        text = super().value_from_datadict(data, files, name)
        return unix_lines(text) if isinstance(text, str) else text  # browsers send CRLF


class ModelForm(CheckedTexts, MergingForm):
    """A form that checks JSON shapes and Markdown."""

    # Lists of objects: the form that has them says what is right.
    tables: ClassVar[frozenset[str]] = frozenset()

    def clean(self) -> dict[str, Any]:
        """Refuse other shapes, and Markdown that is not kept."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        for field in self._meta.model._meta.fields:  # noqa: SLF001
            if not isinstance(field, models.JSONField) or cleaned.get(field.name) is None:
                continue
            value = cleaned[field.name]
            if field.default is dict and not isinstance(value, dict):
                self.add_error(field.name, 'Write an object, like {"size": "1k"}.')
            if field.default is list and field.name not in self.tables and not _is_words(value):
                self.add_error(field.name, 'Write a list of words, like ["text", "image"].')
        for name in MARKDOWN & cleaned.keys():
            self._refuse_unclean(cleaned, name)
        # One that was stored longer stays until somebody changes it.
        if "name" in self.changed_data and cleaned.get("name"):
            try:
                check_name(cleaned["name"])
            except ValueError as error:
                self.add_error("name", str(error))
        return cleaned

    def _refuse_unclean(self, cleaned: dict[str, Any], name: str) -> None:
        written = cleaned[name] or ""
        cleaned_text = clean(written)
        if written and not cleaned_text.strip():
            self.add_error(name, "Write Markdown: nothing is left without HTML and images.")
        elif cleaned_text != written:
            self.add_error(name, _not_kept(written, cleaned_text))
        for problem in remains(cleaned_text):
            self.add_error(name, problem)


_OVERRIDES: Any = {
    models.TextField: {"widget": Lines},
    models.URLField: {"assume_scheme": "https"},
    models.JSONField: {"form_class": JSONField},
}


def _not_kept(written: str, cleaned: str) -> str:
    pairs = enumerate(zip(written, cleaned, strict=False))
    at = next((at for at, (one, other) in pairs if one != other), min(len(written), len(cleaned)))
    if at == len(written):
        return "Close the block of code at its end."
    start = max(written.rfind(space, 0, at) for space in " \n") + 1
    line = written.count("\n", 0, start) + 1
    excerpt = written[start:].split("\n", 1)[0][: at - start + 40]
    return (
        f'Line {line}, at "{excerpt}": HTML, images and unsafe links are not kept. '
        "Write code in backticks and addresses without angle brackets, or take it out."
    )


def _is_words(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(item, str) for item in value)


class ModelAdmin(MergingAdmin):
    """The base of all admins."""

    formfield_overrides = _OVERRIDES

    def get_form(self, request: HttpRequest, *args: Any, **kwargs: Any) -> type[Any]:
        """Return the form; while the database is busy, one that refuses."""
        form: type[Any] = super().get_form(request, *args, **kwargs)
        return refusing(form) if getattr(request, "is_refused", False) else form


class TabularInline(_TabularInline):
    """Rows below a form."""

    formset = RowsFormSet
    formfield_overrides = _OVERRIDES
