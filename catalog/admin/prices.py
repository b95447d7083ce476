"""Prices in the admin: changed only by a successor."""

from datetime import datetime
from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.template.response import TemplateResponse
from django.urls import URLPattern, path, reverse
from django.utils import timezone

from catalog.admin.price_forms import NewPriceForm, PriceForm, SuccessorForm
from catalog.admin.publishing_admin import ReadOnlyAdmin, counted
from catalog.models import ChangeSet, Price, Variant
from catalog.pricing.conditions import describe
from catalog.pricing.units import METERS, price_suffix
from catalog.publishing.change_sets import approve
from catalog.publishing.drafts import PriceDraft, discard, draft
from catalog.publishing.preview import preview
from catalog.publishing.price_changes import RefusedError, Successor, confirm_unit, step
from catalog.publishing.promotions import cancel_announced
from catalog.publishing.publish import publish
from catalog.records.phrases import price_text
from catalog.vocabulary import Origin


class InForceFilter(admin.SimpleListFilter):
    """Past, in force or announced."""

    title = "time"
    parameter_name = "time"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:  # noqa: ARG002
        """Return the choices."""
        return [("now", "In force"), ("announced", "Announced"), ("past", "Past")]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:  # noqa: ARG002
        """Filter by time."""
        now = timezone.now()
        if self.value() == "now":
            return queryset.filter(pk__in=Price.objects.at(now).values("pk"))
        if self.value() == "announced":
            return queryset.filter(effective_from__gt=now)
        return queryset.filter(effective_until__lte=now) if self.value() == "past" else queryset


@admin.register(Price)
class PriceAdmin(ReadOnlyAdmin):
    """All price rows."""

    list_display = [
        "variant",
        "kind",
        "meter",
        "said",
        "when",
        "effective_from",
        "effective_until",
        "checked_on",
        "doubt",
    ]
    list_filter = [InForceFilter, "kind", "state", "meter", "unit_is_inferred", "variant__family__provider"]
    actions = ["confirm_units"]
    list_select_related = ["variant"]
    list_per_page = 50
    search_fields = ["variant__model_id", "reason", "source_label"]

    def get_fields(self, request: HttpRequest, obj: Price | None = None) -> list[Any]:
        """Put the model first."""
        names = super().get_fields(request, obj)
        return ["variant", *(name for name in names if name != "variant")]

    @admin.display(description="Price")
    def said(self, price: Price) -> str:
        """Return amount and unit."""
        return price_text(price.value)

    @admin.display(description="Conditions")
    def when(self, price: Price) -> str:
        """Return the conditions."""
        return ", ".join(describe(price.conditions)) or "None"

    @admin.display(description="Unit")
    def doubt(self, price: Price) -> str:
        """Return what is doubtful of the unit."""
        if not price.is_doubtful:
            return ""
        return "Inferred, held back" if price.is_held_back else "Inferred"

    def has_price_permission(self, request: HttpRequest) -> bool:
        """Whether somebody may change prices."""
        return request.user.has_perm("catalog.add_price")

    @admin.action(description="Confirm unit", permissions=["price"])
    def confirm_units(self, request: HttpRequest, queryset: QuerySet[Price]) -> None:
        """Confirm the inferred units of the selected prices."""
        try:
            with publish(actor=request.user, origin=Origin.ADMIN, reason="Unit confirmed") as edition:  # type: ignore[arg-type]
                # Read within the publish: somebody else may have confirmed some just before.
                rows = [row for row in queryset.select_related("variant") if row.is_doubtful]
                for row in rows:
                    confirm_unit(edition, row)
        except RefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
            return
        if rows:
            self.message_user(request, f"Unit confirmed: {counted(rows, 'price')}.", messages.SUCCESS)
        else:
            self.message_user(request, "No unit of these prices is inferred.", messages.WARNING)

    def get_urls(self) -> list[URLPattern]:
        """Add the screens that change prices."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/succeed/", wrap(self.succeed_view), name="catalog_price_succeed"),
            path("<int:pk>/cancel/", wrap(self.cancel_view), name="catalog_price_cancel"),
            path("new/<int:variant_pk>/", wrap(self.new_view), name="catalog_price_new"),
            *super().get_urls(),
        ]

    def succeed_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Change a price."""
        old = self._price(request, pk)
        form = SuccessorForm(_posted(request), initial=_initial(old))
        context: dict[str, Any] = {
            "old": old,
            "old_said": price_text(old.value),
            "unit": price_suffix(old.meter, old.per),
        }
        if request.method == "POST" and form.is_valid():
            successor = form.successor(old, timezone.now())
            if "_preview" in request.POST:
                context["preview"] = _preview(old, successor)
            else:
                answer = self._send(request, form.price_draft(old), form)
                if not isinstance(answer, str):
                    return answer
                form.add_error(None, answer)
        context |= {"form": form, "variant": old.variant, "meter": METERS[old.meter].label}
        context |= {"conditions": describe(old.conditions), "title": f"Change a price of {old.variant}"}
        return self._screen(request, "admin/catalog/price/succeed.html", context)

    def new_view(self, request: HttpRequest, variant_pk: int) -> HttpResponse:
        """Add a price."""
        variant = Variant.objects.filter(pk=variant_pk).first()
        if variant is None or not request.user.has_perm("catalog.add_price"):
            raise Http404
        form = NewPriceForm(_posted(request))
        if request.method == "POST" and form.is_valid():
            answer = self._send(request, form.price_draft(variant), form)
            if not isinstance(answer, str):
                return answer
            form.add_error(None, answer)
        context = {"form": form, "variant": variant, "title": f"Add a price of {variant}"}
        return self._screen(request, "admin/catalog/price/new.html", context)

    def cancel_view(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Cancel an announced price."""
        price = self._price(request, pk)
        if request.method != "POST":
            raise Http404
        try:
            with publish(actor=request.user, origin=Origin.ADMIN, reason="Cancelled") as edition:  # type: ignore[arg-type]
                cancel_announced(edition, price)
            self.message_user(request, "The announced price is cancelled.", messages.SUCCESS)
        except RefusedError as refusal:
            self.message_user(request, str(refusal), messages.ERROR)
        return _back(price.variant)

    def _send(self, request: HttpRequest, new_price: PriceDraft, form: PriceForm) -> HttpResponse | str:
        user: Any = request.user
        chosen: datetime | None = form.cleaned_data["effective_from"]
        why = {key: form.cleaned_data[key] for key in ("reason", "source_label", "source_url")}
        try:
            change_set = draft(user, edits=[new_price], **why)
        except RefusedError as refusal:
            return str(refusal)
        try:
            seen = preview(change_set, timezone.now())
            # What looks odd is confirmed in the review. A conflict is refused by approve().
            if seen.phrase and not seen.conflicts:
                return _to_review(change_set, chosen)
            done = approve(change_set, user, applies_at=chosen)
        except RefusedError as refusal:
            discard(change_set)
            return str(refusal)
        edit = done.edits.select_related("created").get()
        # A message's first letter is made a capital, which a model ID must not be.
        new = f"{price_text(edit.value)} from {done.applies_at:%Y-%m-%d %H:%M} UTC on"
        self.message_user(request, f"Published for {new_price.variant}: {new}.", messages.SUCCESS)
        return _back(new_price.variant)

    def _price(self, request: HttpRequest, pk: int) -> Price:
        price = Price.objects.select_related("variant__family").filter(pk=pk).first()
        if price is None or not request.user.has_perm("catalog.add_price"):
            raise Http404
        return price

    def _screen(self, request: HttpRequest, template: str, context: dict[str, Any]) -> TemplateResponse:
        shared = {**self.admin_site.each_context(request), "opts": self.opts}
        return TemplateResponse(request, template, {**shared, **context})


def _posted(request: HttpRequest) -> QueryDict | None:
    return request.POST if request.method == "POST" else None


def _to_review(change_set: ChangeSet, chosen: datetime | None) -> HttpResponseRedirect:
    since = f"?since={chosen:%Y-%m-%dT%H:%M:%S}" if chosen else ""
    return HttpResponseRedirect(reverse("admin:catalog_changeset_review", args=[change_set.pk]) + since)


def _initial(old: Price) -> dict[str, Any]:
    return {"state": old.state}


def _back(variant: Variant) -> HttpResponseRedirect:
    return HttpResponseRedirect(reverse("admin:catalog_variant_change", args=[variant.pk]))


def _preview(old: Price, new: Successor) -> dict[str, str]:
    return {
        "now": price_text(old.value),
        "then": price_text(new.value),
        "step": step(old.value, new.value),
        "when": _moment(new.effective_from),
        "until": f"{new.effective_until:%Y-%m-%d %H:%M} UTC" if new.effective_until else "",
        "label": METERS[old.meter].label,
    }


def _moment(instant: datetime) -> str:
    return "at once" if instant <= timezone.now() else f"on {instant:%Y-%m-%d at %H:%M} UTC"
