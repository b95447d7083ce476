"""The admin classes this admin builds on: typed while types are checked, addresses read as https."""

from typing import TYPE_CHECKING, Any

from django import forms
from django.contrib import admin
from django.db import models

if TYPE_CHECKING:
    ModelForm = forms.ModelForm[Any]
    _ModelAdmin = admin.ModelAdmin[Any]
    _TabularInline = admin.TabularInline[Any, Any]
else:
    ModelForm, _ModelAdmin, _TabularInline = forms.ModelForm, admin.ModelAdmin, admin.TabularInline

_OVERRIDES: Any = {models.URLField: {"assume_scheme": "https"}}


class ModelAdmin(_ModelAdmin):
    """The admin of one class."""

    formfield_overrides = _OVERRIDES


class TabularInline(_TabularInline):
    """Rows below the form of their parent."""

    formfield_overrides = _OVERRIDES
