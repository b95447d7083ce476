"""Status events in the admin."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.publishing_admin import PublishingAdmin, ReasonForm, counted
from catalog.models import StatusEvent
from catalog.publishing.incidents import close
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin


class StatusEventForm(ReasonForm):
    """A status event."""

    def clean(self) -> dict[str, Any]:
        """Refuse an end before the start."""
        cleaned: dict[str, Any] = super().clean() or self.cleaned_data
        start, end = cleaned.get("started_at"), cleaned.get("ended_at")
        if start and end and end < start:
            self.add_error("ended_at", "It must end after it started.")
        return cleaned


@admin.register(StatusEvent)
class StatusEventAdmin(PublishingAdmin):
    """Status events."""

    form = StatusEventForm
    list_display = ["variant", "severity", "message", "started_at", "ended_at", "close_button"]
    list_filter = ["severity", ("ended_at", admin.EmptyFieldListFilter), "started_at"]
    list_select_related = ["variant"]
    search_fields = ["variant__model_id", "message"]
    autocomplete_fields = ["variant"]
    actions = ["close_selected"]
    fields = ["variant", "severity", "message", "started_at", "ended_at", "change_reason"]

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save, and record it with the model."""
        edition = request.edition  # type: ignore[attr-defined]
        names = [name for name in form.changed_data if name != "change_reason"]
        if not names:
            return
        before = StatusEvent.objects.get(pk=obj.pk) if change else None
        if change:
            edition.store(obj, names)
        else:
            edition.add(obj)
        verb = "changed" if change else "opened"
        edition.record(
            ChangeKind.STATUS,
            obj.variant,
            f"{obj.variant}: {obj.get_severity_display().lower()} {verb}. {obj.message}",
            before={name: getattr(before, name) for name in names} if before else None,
            after={name: getattr(obj, name) for name in names},
        )
        # Moved to another model: the first one's record changes too.
        if before and before.variant_id != obj.variant_id:
            edition.touch(before.variant)

    def get_changeform_initial_data(self, request: HttpRequest) -> dict[str, Any]:
        """Start now by default."""
        return {
            "started_at": timezone.now().replace(microsecond=0),
            **super().get_changeform_initial_data(request),
        }

    @admin.display(description="Close")
    def close_button(self, event: StatusEvent) -> str | SafeString:
        """Return a button for an open event."""
        if event.ended_at is not None and event.ended_at <= timezone.now():
            return "Closed"
        # It posts the list's own form, which has the CSRF token.
        address = reverse("admin:catalog_statusevent_close", args=[event.pk])
        return format_html('<button type="submit" formaction="{}">Close now</button>', address)

    @admin.action(description="Close selected events", permissions=["change"])
    def close_selected(self, request: HttpRequest, queryset: QuerySet[StatusEvent]) -> None:
        """Close the open ones."""
        with publish(actor=request.user, origin=Origin.ADMIN) as edition:  # type: ignore[arg-type]
            is_open = Q(ended_at__isnull=True) | Q(ended_at__gt=edition.at)
            events = list(queryset.filter(is_open).select_related("variant"))
            for event in events:
                close(edition, event)
        self.message_user(request, f"Closed {counted(events, 'status event')}.", messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        """Add the button's address."""
        view = self.admin_site.admin_view(self.close_one)
        return [path("<int:pk>/close/", view, name="catalog_statusevent_close"), *super().get_urls()]

    def close_one(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Close one event."""
        chosen = StatusEvent.objects.filter(pk=pk)
        if request.method != "POST" or not chosen.exists():
            raise Http404
        if self.has_change_permission(request):
            self.close_selected(request, chosen)
        else:
            messages.error(request, "You may not change the status of models.")
        return HttpResponseRedirect(reverse("admin:catalog_statusevent_changelist"))
