"""A model's form in the admin: its fields, its child rows, and the filters of the list."""

from typing import Any

from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from catalog.admin.bases import TabularInline
from catalog.admin.publishing import ReasonForm
from catalog.models import (
    Alias,
    Endpoint,
    Faq,
    FormerSlug,
    Parameter,
    ParameterRule,
    Source,
    UseCase,
    Variant,
)
from catalog.vocabulary import CAPABILITIES, Lifecycle, Modality


class VariantForm(ReasonForm):
    """A model's fields, its word lists as check boxes."""

    input_modalities = forms.MultipleChoiceField(
        choices=Modality.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    output_modalities = forms.MultipleChoiceField(
        choices=Modality.choices, required=False, widget=forms.CheckboxSelectMultiple
    )
    capabilities = forms.MultipleChoiceField(
        choices=list(CAPABILITIES.items()), required=False, widget=forms.CheckboxSelectMultiple
    )

    def clean_model_id(self) -> str:
        """Refuse an ID that another model answers to as an alias."""
        model_id: str = self.cleaned_data["model_id"]
        taken = Alias.objects.filter(alias_id=model_id).select_related("variant").first()
        if taken:
            msg = f"{model_id} is an alias of {taken.variant}. Remove that alias first."
            raise forms.ValidationError(msg)
        return model_id


class LifecycleFilter(admin.SimpleListFilter):
    """The stage a model is at today, dates considered."""

    title = "lifecycle"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Offer the stages, and those not stated."""
        return [*((str(word), str(label)) for word, label in Lifecycle.choices), ("unknown", "Not stated")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow to the chosen stage."""
        chosen = self.value()
        return queryset.filter(lifecycle_at="" if chosen == "unknown" else chosen) if chosen else queryset


class PriceFilter(admin.SimpleListFilter):
    """Whether a sell price is published."""

    title = "sell price"
    parameter_name = "priced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Offer both answers."""
        return [("yes", "Published"), ("no", "Not published")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Narrow to the models with or without one."""
        chosen = self.value()
        if not chosen:
            return queryset
        priced = Variant.objects.filter(prices__kind="sell").values("pk")
        return queryset.filter(pk__in=priced) if chosen == "yes" else queryset.exclude(pk__in=priced)


class ChildInline(TabularInline):
    """Rows that belong to a model."""

    extra = 0
    classes = ["collapse"]


class ParameterInline(ChildInline):
    """Request parameters; bounds and items are set in catalog files."""

    model = Parameter
    fields = ["action", "name", "type", "required", "enum", "default", "description", "position"]


def _inline(child: type[Any]) -> type[ChildInline]:
    return type(f"{child.__name__}Inline", (ChildInline,), {"model": child, "__doc__": child.__doc__})


INLINES: list[Any] = [
    _inline(Alias),
    _inline(UseCase),
    _inline(Faq),
    _inline(Endpoint),
    ParameterInline,
    _inline(ParameterRule),
    _inline(Source),
    _inline(FormerSlug),
]
