"""Providers and families in the admin."""

from typing import Any

from django.contrib import admin
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from catalog.admin.publishing import PublishingAdmin, ReasonForm, said_by
from catalog.models import Family, Provider
from catalog.text.identifiers import check_slug

SOURCE: Any = ("Source", {"fields": ["source_url", "source_label", "checked_on"]})
REASON: Any = (None, {"fields": ["change_reason"]})


class AddressedForm(ReasonForm):
    """A row whose slug is an address."""

    def clean_slug(self) -> str:
        """Refuse a slug that a catalog file could not name."""
        return said_by(check_slug, self.cleaned_data["slug"])


class AddressedAdmin(PublishingAdmin):
    """A row whose slug stays once it is given: visitors and catalog files hold on to it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002
        """Show the slug of a row that stands."""
        return ["slug"] if obj else []


@admin.register(Provider)
class ProviderAdmin(AddressedAdmin):
    """Who makes models."""

    form = AddressedForm
    list_display = ["name", "slug", "model_count", "checked_on"]
    search_fields = ["name", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "url"]}), SOURCE, REASON]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        """Count models in the same query."""
        rows: QuerySet[Provider] = super().get_queryset(request)
        return rows.annotate(model_count=Count("families__variants"))

    @admin.display(description="Models", ordering="model_count")
    def model_count(self, provider: Provider) -> int:
        """Say how many models the catalog has of a provider."""
        count: int = provider.model_count  # type: ignore[attr-defined]
        return count


@admin.register(Family)
class FamilyAdmin(AddressedAdmin):
    """Lines of models."""

    form = AddressedForm
    list_display = ["name", "slug", "provider", "modality", "model_count", "checked_on"]
    list_filter = ["modality", "provider"]
    list_select_related = ["provider"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["provider"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "provider", "modality", "overview"]}),
        ("What its seller claims of prices", {"fields": ["price_claim", "price_claim_source"]}),
        SOURCE,
        REASON,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Family]:
        """Count models in the same query."""
        rows: QuerySet[Family] = super().get_queryset(request)
        return rows.annotate(model_count=Count("variants"))

    @admin.display(description="Models", ordering="model_count")
    def model_count(self, family: Family) -> int:
        """Say how many models a family has."""
        count: int = family.model_count  # type: ignore[attr-defined]
        return count
