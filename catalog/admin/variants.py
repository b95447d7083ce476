"""Models in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.price_lines import price_lines
from catalog.admin.providers import REASON, SOURCE
from catalog.admin.publishing_admin import PublishingAdmin, counted
from catalog.admin.variant_filters import LifecycleFilter, PriceFilter, StatusFilter
from catalog.admin.variant_form import FIELDSETS, INLINES, VariantForm
from catalog.models import (
    StatusEvent,
    Variant,
)
from catalog.pricing.money import usd
from catalog.publishing.incidents import DEFAULT_MESSAGES, close, open_event
from catalog.publishing.publish import publish
from catalog.records.facts import Facts, facts
from catalog.records.record import read_record
from catalog.vocabulary import Lifecycle, Origin, PriceState, Severity


@admin.register(Variant)
class VariantAdmin(PublishingAdmin):
    """Models, with prices and status."""

    form = VariantForm
    change_form_template = "admin/catalog/variant/change_form.html"
    list_display = [
        "model_id",
        "family",
        "input_price",
        "output_price",
        "health",
        "stage",
        "last_checked",
        "page",
    ]
    list_filter = [
        LifecycleFilter,
        PriceFilter,
        "modality",
        "family__provider",
        StatusFilter,
    ]
    list_per_page = 50
    search_fields = ["model_id", "name", "aliases__alias_id", "family__name", "family__provider__name"]
    autocomplete_fields = ["family", "replacement"]
    actions = ["mark_degraded", "mark_outage", "mark_maintenance", "mark_operational"]
    inlines = INLINES
    fieldsets = [
        (None, {"fields": ["model_id", "name", "family", "slug", "overview"]}),
        *FIELDSETS,
        ("What its seller claims of prices", {"fields": ["price_claim", "price_claim_source"]}),
        SOURCE,
        REASON,
    ]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Variant]:  # noqa: ARG002
        """Join the records, for a constant number of queries."""
        rows = Variant.objects.with_lifecycle(timezone.now())
        return rows.select_related("family__provider", "document").order_by("model_id")

    @admin.display(description="Input now")
    def input_price(self, variant: Variant) -> str:
        """Return the input price."""
        return _quoted(_facts(variant), "input_tokens")

    @admin.display(description="Output now")
    def output_price(self, variant: Variant) -> str:
        """Return the output price."""
        return _quoted(_facts(variant), "output_tokens")

    @admin.display(description="Status")
    def health(self, variant: Variant) -> str:
        """Return the status."""
        return _health(_facts(variant))

    @admin.display(description="Lifecycle", ordering="lifecycle_at")
    def stage(self, variant: Variant) -> str:
        """Return the stage today."""
        word: str = variant.lifecycle_at  # type: ignore[attr-defined]
        return str(Lifecycle(word).label) if word else "Not stated"

    @admin.display(description="Last checked")
    def last_checked(self, variant: Variant) -> str:
        """Return the latest day a source was read."""
        record = _facts(variant).record
        days = [record["checked_on"], *(price["checked_on"] for price in record["prices"])]
        return max((day for day in days if day), default="Never")

    @admin.display(description="Page")
    def page(self, variant: Variant) -> SafeString:
        """Link to the page."""
        return format_html('<a href="{}">View</a>', variant.path)

    @admin.action(description="Open: degraded", permissions=["status"])
    def mark_degraded(self, request: HttpRequest, queryset: QuerySet[Variant]) -> None:
        """Open events."""
        self._open(request, queryset, Severity.DEGRADED)

    @admin.action(description="Open: outage", permissions=["status"])
    def mark_outage(self, request: HttpRequest, queryset: QuerySet[Variant]) -> None:
        """Open events."""
        self._open(request, queryset, Severity.OUTAGE)

    @admin.action(description="Open: maintenance", permissions=["status"])
    def mark_maintenance(self, request: HttpRequest, queryset: QuerySet[Variant]) -> None:
        """Open events."""
        self._open(request, queryset, Severity.MAINTENANCE)

    @admin.action(description="Close open status events", permissions=["status"])
    def mark_operational(self, request: HttpRequest, queryset: QuerySet[Variant]) -> None:
        """Close open events."""
        ids = list(queryset.values_list("pk", flat=True))
        with publish(actor=request.user, origin=Origin.ADMIN) as edition:  # type: ignore[arg-type]
            open_now = StatusEvent.objects.at(edition.at).filter(variant__in=ids)
            events = list(open_now.select_related("variant"))
            for event in events:
                close(edition, event)
        self.message_user(request, f"Closed {counted(events, 'status event')}.", messages.SUCCESS)

    def has_status_permission(self, request: HttpRequest) -> bool:
        """Whether the user may change status, if not models."""
        return request.user.has_perm("catalog.change_statusevent")

    def get_urls(self) -> list[URLPattern]:
        """Add the status buttons."""
        view = self.admin_site.admin_view(self.set_status)
        own = [path("<int:pk>/status/<str:severity>/", view, name="catalog_variant_status")]
        return own + super().get_urls()

    def set_status(self, request: HttpRequest, pk: int, severity: str) -> HttpResponse:
        """Open an event; `operational` closes those open."""
        variant = Variant.objects.filter(pk=pk).first()
        if variant is None or severity not in Severity.values or request.method != "POST":
            raise Http404
        chosen = Variant.objects.filter(pk=pk)
        if not self.has_status_permission(request):
            messages.error(request, "You may not change the status of models.")
        elif severity == Severity.OPERATIONAL:
            self.mark_operational(request, chosen)
        else:
            self._open(request, chosen, Severity(severity))
        return HttpResponseRedirect(reverse("admin:catalog_variant_change", args=[pk]))

    def change_view(
        self,
        request: HttpRequest,
        object_id: str,
        form_url: str = "",
        extra_context: dict[str, Any] | None = None,
    ) -> HttpResponse:
        """Add prices and status."""
        is_number = object_id.isascii() and object_id.isdecimal()
        variant = self.get_queryset(request).filter(pk=object_id).first() if is_number else None
        context: dict[str, Any] = {}
        if variant is not None:
            current = _facts(variant)
            context = {
                "price_lines": price_lines(current),
                "status_now": _health(current),
                "status_message": current.status.message if current.status else None,
                "is_retired": current.is_retired,
                "is_operational": current.status is not None
                and current.status.severity == Severity.OPERATIONAL,
                "severities": [choice for choice in Severity.choices if choice[0] != Severity.OPERATIONAL],
                "page_path": variant.path,
            }
        return super().change_view(request, object_id, form_url, {**context, **(extra_context or {})})

    def _open(self, request: HttpRequest, queryset: QuerySet[Variant], severity: Severity) -> None:
        with publish(actor=request.user, origin=Origin.ADMIN) as edition:  # type: ignore[arg-type]
            variants = list(Variant.objects.filter(pk__in=queryset.values("pk")))
            for variant in variants:
                open_event(edition, variant, severity, DEFAULT_MESSAGES[severity])
        message = f"{severity.label}: opened for {counted(variants, 'model')}."
        self.message_user(request, message, messages.SUCCESS)


def _facts(variant: Variant) -> Facts:
    return facts(read_record(variant.document.body), timezone.now())


def _health(current: Facts) -> str:
    return str(Severity(current.status.severity).label) if current.status else "No longer served"


def _quoted(current: Facts, meter: str) -> str:
    price = current.quoted(meter)
    if price is None:
        is_counted_otherwise = current.prices and not any(
            row["meter"].endswith("_tokens") for row in current.prices
        )
        return "Not by token" if is_counted_otherwise else "Not on record"
    state = PriceState(price["state"])
    text = str(state.label)
    if state == PriceState.KNOWN:
        text = f"{usd(price['amount'] or 0, price['currency'])} / {price['unit']}"
    return text if price["kind"] == "sell" else f"list {text[0].lower()}{text[1:]}"
