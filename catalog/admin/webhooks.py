"""Webhooks and their deliveries; nothing here is published."""

from datetime import timedelta
from typing import Any

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.db.models import Count, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.urls import URLPattern, path, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from catalog.admin.bases import ModelAdmin, ModelForm, TabularInline
from catalog.admin.changed_by import moment
from catalog.admin.form_snapshot import Shown
from catalog.admin.publishing_admin import ReadOnlyAdmin
from catalog.models import Webhook, WebhookAttempt, WebhookDelivery
from catalog.publishing import queue_webhooks
from catalog.vocabulary import DeliveryState, Topic
from catalog.webhooks import queue, signing
from catalog.webhooks.messages import RELATED, message, summary
from catalog.webhooks.network_rules import TargetError
from catalog.webhooks.sending import RESOLVE_SECONDS
from catalog.webhooks.targets import read, resolve

# After a rotation messages carry both signatures for so long, while receivers change over.
FORMER_KEPT = timedelta(hours=24)


class WebhookForm(ModelForm):
    """An address and its kinds of change."""

    kinds = forms.MultipleChoiceField(
        choices=list(queue_webhooks.KINDS.items()),
        widget=forms.CheckboxSelectMultiple,
        label="Kinds of change",
    )

    class Meta:
        labels = {"is_enabled": "Enabled"}
        help_texts = {
            "url": "Each change is POSTed there.",
            "families": "Changes of these only; none chosen means all, providers included.",
        }

    def clean_url(self) -> str:
        """Refuse an address that would not be called."""
        url: str = self.cleaned_data["url"]
        is_allowed: bool = settings.WEBHOOKS_ALLOW_PRIVATE
        try:
            target = read(url, allow_private=is_allowed)
            resolve(target, allow_private=is_allowed, seconds=RESOLVE_SECONDS)
        except TargetError as error:
            raise forms.ValidationError(str(error)) from error
        return url


@admin.register(Webhook)
class WebhookAdmin(ModelAdmin):
    """Webhooks."""

    form = WebhookForm
    list_display = ["name", "url", "told", "is_enabled", "waiting", "answered_at", "note"]
    list_filter = ["is_enabled"]
    search_fields = ["name", "url"]
    filter_horizontal = ["families"]
    fields = ["name", "url", "kinds", "families", "is_enabled"]
    readonly_fields = ["secret_shown", "buttons", "note", "failures", "answered_at", "deliveries_link"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Webhook]:
        """Count waiting messages along."""
        waiting = Count("deliveries", filter=Q(deliveries__state=DeliveryState.WAITING))
        rows: QuerySet[Webhook] = super().get_queryset(request).annotate(waiting_count=waiting)
        return rows

    def get_fields(self, request: HttpRequest, obj: Webhook | None = None) -> Any:
        """Hide what is not there yet, and the secret from viewers."""
        if obj is None:
            return self.fields
        shown = ["note", "failures", "answered_at", "deliveries_link"]
        mine = ["secret_shown", "buttons"] if self.has_change_permission(request, obj) else []
        return [*(self.fields or ()), *mine, *shown]

    def save_model(self, request: HttpRequest, obj: Webhook, form: Any, change: bool) -> None:  # noqa: FBT001
        """Create the secret; reset one enabled again."""
        now = timezone.now()
        if not change:
            obj.secret, obj.created_at, obj.prices_until = signing.new_secret(), now, now
            obj.save()
            return
        names = [name for name in form.changed_data if name != "families"]
        if "is_enabled" in names and obj.is_enabled:
            obj.note, obj.failures, obj.rests_until, obj.prices_until = "", 0, None, now
            names += ["note", "failures", "rests_until", "prices_until"]
        # A worker may have written to the row since the form was shown.
        obj.save(update_fields=names)
        del request

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Lock the row to be saved."""
        # Between comparing and saving nobody else may write.
        is_saving = request.method == "POST" and connection.in_atomic_block
        if is_saving and object_id.isascii() and object_id.isdecimal():
            Webhook.objects.select_for_update().filter(pk=object_id).first()
        return super().get_object(request, object_id, from_field)

    def authors_of(self, row: Any, name: str, shown: Shown) -> str:
        """Return who saved it, from the admin's log."""
        del name
        kind = ContentType.objects.get_for_model(row)
        entries = LogEntry.objects.filter(content_type=kind, object_id=row.pk).order_by("-pk")
        return ", ".join(
            dict.fromkeys(
                f"{entry.user} at {moment(entry.action_time)}"
                for entry in entries.filter(action_time__gte=shown.at)
            )
        )

    def delete_model(self, request: HttpRequest, obj: Webhook) -> None:
        """Lock, then delete."""
        # A publish may be about to queue a delivery for it.
        Webhook.objects.select_for_update().filter(pk=obj.pk).first()
        super().delete_model(request, obj)

    def delete_queryset(self, request: HttpRequest, queryset: QuerySet[Webhook]) -> None:
        """Lock, then delete."""
        # In one order, so that two of these never wait for each other.
        list(Webhook.objects.select_for_update().filter(pk__in=queryset.values("pk")).order_by("pk"))
        super().delete_queryset(request, queryset)

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Count deliveries."""
        del request
        # Django would list each, and there may be very many.
        rows = WebhookDelivery.objects.filter(webhook__in=[obj.pk for obj in objs])
        return [str(obj) for obj in objs], {"webhooks": len(objs), "deliveries": rows.count()}, set(), []

    @admin.display(description="Told of")
    def told(self, webhook: Webhook) -> str:
        """List the kinds."""
        return ", ".join(webhook.kinds)

    @admin.display(description="Waiting")
    def waiting(self, webhook: Webhook) -> int:
        """Count waiting messages."""
        return webhook.waiting_count  # type: ignore[attr-defined, no-any-return]

    @admin.display(description="Secret")
    def secret_shown(self, webhook: Webhook) -> SafeString:
        """Return the secret, hidden until clicked."""
        return format_html(
            "<details><summary>Show the secret</summary><code>{}</code></details>", webhook.secret
        )

    @admin.display(description="Deliveries")
    def deliveries_link(self, webhook: Webhook) -> SafeString:
        """Link to the deliveries."""
        address = reverse("admin:catalog_webhookdelivery_changelist")
        return format_html('<a href="{}?webhook__id__exact={}">All deliveries</a>', address, webhook.pk)

    @admin.display(description="Do")
    def buttons(self, webhook: Webhook) -> SafeString:
        """Return buttons that post the page's form."""
        return format_html(
            '<button type="submit" class="button" formnovalidate formaction="{}">Send a test</button> '
            '<button type="submit" class="button" formnovalidate formaction="{}">Rotate the secret</button>',
            reverse("admin:catalog_webhook_test", args=[webhook.pk]),
            reverse("admin:catalog_webhook_rotate", args=[webhook.pk]),
        )

    def get_urls(self) -> list[URLPattern]:
        """Add the buttons' addresses."""
        wrap = self.admin_site.admin_view
        return [
            path("<int:pk>/test/", wrap(self.send_test), name="catalog_webhook_test"),
            path("<int:pk>/rotate/", wrap(self.rotate), name="catalog_webhook_rotate"),
            *super().get_urls(),
        ]

    def send_test(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Queue a test."""
        webhook = self._posted(request, pk)
        queue_webhooks.queue(webhook, [(None, None, Topic.TEST)], timezone.now())
        message = (
            "A test is on its way." if webhook.is_enabled else "A test waits until the webhook is enabled."
        )
        self.message_user(request, message)
        return HttpResponseRedirect(reverse("admin:catalog_webhook_change", args=[pk]))

    def rotate(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Create a new secret."""
        webhook = self._posted(request, pk)
        webhook.former_secret, webhook.former_until = webhook.secret, timezone.now() + FORMER_KEPT
        webhook.secret = signing.new_secret()
        webhook.save(update_fields=["former_secret", "former_until", "secret"])
        self.log_change(request, webhook, "Rotated the secret.")
        self.message_user(request, "The secret is new. For 24 hours messages are signed with both.")
        return HttpResponseRedirect(reverse("admin:catalog_webhook_change", args=[pk]))

    def _posted(self, request: HttpRequest, pk: int) -> Webhook:
        webhook = Webhook.objects.filter(pk=pk).first()
        if request.method != "POST" or webhook is None:
            raise Http404
        if not self.has_change_permission(request, webhook):
            raise PermissionDenied
        return webhook


class AttemptInline(TabularInline):
    """A delivery's requests."""

    model = WebhookAttempt
    fields = ["at", "status", "took_ms", "error", "answer"]
    readonly_fields = ["at", "status", "took_ms", "error", "answer"]
    can_delete = False
    extra = 0
    max_num = 0
    verbose_name_plural = "attempts"


@admin.register(WebhookDelivery)
class WebhookDeliveryAdmin(ReadOnlyAdmin):
    """Deliveries."""

    list_display = ["created_at", "webhook", "topic", "summary", "state", "attempts", "last", "next_at"]
    list_filter = ["state", "webhook", "topic"]
    list_select_related = RELATED
    list_per_page = 50
    show_full_result_count = False
    actions = ["send_again"]
    fields = ["webhook", "topic", "summary", "state", "attempts", "created_at", "next_at", "body", "button"]
    readonly_fields = ["summary", "body", "button"]
    inlines = [AttemptInline]

    def get_queryset(self, request: HttpRequest) -> QuerySet[WebhookDelivery]:
        """Fetch attempts along."""
        rows: QuerySet[WebhookDelivery] = super().get_queryset(request).prefetch_related("tries")
        return rows

    def has_send_permission(self, request: HttpRequest) -> bool:
        """Whether the user may send again."""
        return request.user.has_perm("catalog.change_webhookdelivery")

    @admin.display(description="Tells")
    def summary(self, delivery: WebhookDelivery) -> str:
        """Return the message's subject."""
        return summary(delivery)

    @admin.display(description="Last answer")
    def last(self, delivery: WebhookDelivery) -> str:
        """Return the last status or error."""
        tries = list(delivery.tries.all())
        return str(tries[-1]) if tries else "None yet"

    @admin.display(description="Body")
    def body(self, delivery: WebhookDelivery) -> SafeString:
        """Show ID and body."""
        sent = message(delivery)
        return format_html("<code>{}</code><br><code>{}</code>", sent.id, sent.body.decode())

    @admin.display(description="Do")
    def button(self, delivery: WebhookDelivery) -> SafeString:
        """Return a button to send again."""
        address = reverse("admin:catalog_webhookdelivery_again", args=[delivery.pk])
        return format_html(
            '<button type="submit" class="button" formaction="{}">Send again</button>', address
        )

    @admin.action(description="Send again", permissions=["send"])
    def send_again(self, request: HttpRequest, queryset: QuerySet[WebhookDelivery]) -> None:
        """Resend the selected."""
        count = queue.again(WebhookDelivery.objects.filter(pk__in=queryset.values("pk")), timezone.now())
        self.message_user(request, f"{count} to be sent again.", messages.SUCCESS)

    def get_urls(self) -> list[URLPattern]:
        """Add the button's address."""
        view = self.admin_site.admin_view(self.again)
        return [path("<int:pk>/again/", view, name="catalog_webhookdelivery_again"), *super().get_urls()]

    def again(self, request: HttpRequest, pk: int) -> HttpResponse:
        """Resend one."""
        chosen = WebhookDelivery.objects.filter(pk=pk)
        if request.method != "POST" or not chosen.exists():
            raise Http404
        if not self.has_send_permission(request):
            raise PermissionDenied
        self.send_again(request, chosen)
        return HttpResponseRedirect(reverse("admin:catalog_webhookdelivery_change", args=[pk]))
