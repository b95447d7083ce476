"""Providers and families."""

from typing import Any

from django.contrib import admin
from django.core.exceptions import ValidationError
from django.db.models import Count, QuerySet
from django.http import HttpRequest

from catalog.admin.publishing_admin import PublishingAdmin, ReasonForm, said_by
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.file_uses import read_uses
from catalog.models import Family, Provider
from catalog.text.identifiers import check_slug

SOURCE: Any = ("Source", {"fields": ["source_url", "source_label", "checked_on"]})
REASON: Any = (None, {"fields": ["change_reason"]})


class AddressedForm(ReasonForm):
    """A form with a slug."""

    def clean_slug(self) -> str:
        """Refuse slugs that files do not allow."""
        return said_by(check_slug, self.cleaned_data["slug"])


class AddressedAdmin(PublishingAdmin):
    """Keeps a saved slug: addresses and files refer to it."""

    def get_readonly_fields(self, request: HttpRequest, obj: Any = None) -> list[str]:  # noqa: ARG002
        """Fix the slug once saved."""
        return ["slug"] if obj else []


class FamilyForm(AddressedForm):
    """A form that reads uses as files do."""

    tables = frozenset({"best_for"})

    def clean_best_for(self) -> list[dict[str, Any]]:
        """Refuse rows that files do not allow."""
        table = FileTable("form", {}, (), {"best_for": self.cleaned_data["best_for"]})
        try:
            return read_uses(table) or []
        except CatalogFileError as error:
            raise ValidationError(error.reason) from error


@admin.register(Provider)
class ProviderAdmin(AddressedAdmin):
    """Providers."""

    form = AddressedForm
    list_display = ["name", "slug", "model_count", "checked_on"]
    search_fields = ["name", "slug"]
    fieldsets = [(None, {"fields": ["name", "slug", "url"]}), SOURCE, REASON]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Provider]:
        """Count models along."""
        rows: QuerySet[Provider] = super().get_queryset(request)
        return rows.annotate(model_count=Count("families__variants"))

    @admin.display(description="Models", ordering="model_count")
    def model_count(self, provider: Provider) -> int:
        """Count models."""
        count: int = provider.model_count  # type: ignore[attr-defined]
        return count


@admin.register(Family)
class FamilyAdmin(AddressedAdmin):
    """Families."""

    form = FamilyForm
    list_display = ["name", "slug", "provider", "modality", "model_count", "checked_on"]
    list_filter = ["modality", "provider"]
    list_select_related = ["provider"]
    search_fields = ["name", "slug"]
    autocomplete_fields = ["provider"]
    fieldsets = [
        (None, {"fields": ["name", "slug", "provider", "modality", "overview", "best_for"]}),
        ("What its seller claims of prices", {"fields": ["price_claim", "price_claim_source"]}),
        SOURCE,
        REASON,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Family]:
        """Count models along."""
        rows: QuerySet[Family] = super().get_queryset(request)
        return rows.annotate(model_count=Count("variants"))

    @admin.display(description="Models", ordering="model_count")
    def model_count(self, family: Family) -> int:
        """Count models."""
        count: int = family.model_count  # type: ignore[attr-defined]
        return count
