"""Forms that refuse unwanted characters."""

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.forms.utils import pretty_name

from catalog.text.identifiers import unwanted

if TYPE_CHECKING:
    _TabularInline = admin.TabularInline[Any, Any]
else:
    _TabularInline = admin.TabularInline


class CheckedTexts(forms.BaseForm):
    """Refuses control characters and marks that reorder text."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            if isinstance(field, forms.CharField):
                label = str(field.label or pretty_name(name))
                field.validators = [partial(_refuse_unwanted, label, _has_lines(field)), *field.validators]


class AdminForm(CheckedTexts, forms.Form):
    """A form without a row."""


def _has_lines(field: forms.CharField) -> bool:
    return isinstance(field.widget, forms.Textarea)


def _refuse_unwanted(label: str, lines: bool, value: Any) -> None:  # noqa: FBT001
    for text in _texts(value):
        if fault := unwanted(text, lines=lines):
            raise forms.ValidationError(f"{label} holds {fault}. Take it out.")


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from _texts(key)
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)
