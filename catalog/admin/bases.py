"""The admin classes this admin builds on: typed while types are checked, addresses read as https."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models
from django.forms.fields import InvalidJSONInput

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:
    ModelForm, _ModelAdmin, _TabularInline = forms.ModelForm, admin.ModelAdmin, admin.TabularInline


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


_OVERRIDES: Any = {
    models.URLField: {"assume_scheme": "https"},
    models.JSONField: {"form_class": JSONField},
}


class ModelAdmin(_ModelAdmin):
    """The admin of one class."""

    formfield_overrides = _OVERRIDES


class TabularInline(_TabularInline):
    """Rows below the form of their parent."""

    formfield_overrides = _OVERRIDES
