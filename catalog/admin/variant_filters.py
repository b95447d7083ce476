"""Filters of the models' list."""

from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils import timezone

from catalog.models import (
    Price,
    StatusEvent,
)
from catalog.vocabulary import Lifecycle, Severity


class LifecycleFilter(admin.SimpleListFilter):
    """The stage today."""

    title = "lifecycle"
    parameter_name = "stage"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the stages."""
        return [*((str(word), str(label)) for word, label in Lifecycle.choices), ("unknown", "Not stated")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Filter by stage."""
        chosen = self.value()
        return queryset.filter(lifecycle_at="" if chosen == "unknown" else chosen) if chosen else queryset


class PriceFilter(admin.SimpleListFilter):
    """Whether a sell price is in force."""

    title = "sell price"
    parameter_name = "priced"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return yes and no."""
        return [("yes", "On record"), ("no", "Not on record")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Filter by sell price."""
        chosen = self.value()
        if not chosen:
            return queryset
        priced = Price.objects.at(timezone.now()).filter(kind="sell").values("variant")
        return queryset.filter(pk__in=priced) if chosen == "yes" else queryset.exclude(pk__in=priced)


class StatusFilter(admin.SimpleListFilter):
    """The current status."""

    title = "status"
    parameter_name = "status"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the severities."""
        return [(str(word), str(label)) for word, label in Severity.choices]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Filter by open event."""
        chosen = self.value()
        if not chosen:
            return queryset
        events = StatusEvent.objects.at(timezone.now())
        # Never stored: it is the absence of an open event.
        if chosen == Severity.OPERATIONAL:
            return queryset.exclude(pk__in=events.values("variant"))
        return queryset.filter(pk__in=events.filter(severity=chosen).values("variant"))
