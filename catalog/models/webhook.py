"""Webhooks: addresses, messages and answers."""

from django.db import models

from catalog.models.price import Price
from catalog.models.provider import Family
from catalog.models.revision import ChangeEvent
from catalog.vocabulary import DeliveryState, Topic


class Webhook(models.Model):
    """A subscriber's address."""

    name = models.CharField(max_length=100)
    url = models.CharField("URL", max_length=500)
    kinds = models.JSONField(default=list)
    families = models.ManyToManyField(Family, blank=True, related_name="+")
    is_enabled = models.BooleanField("enabled", default=True)
    note = models.CharField(max_length=500, blank=True, help_text="Why it was disabled.")
    secret = models.CharField(max_length=100)
    former_secret = models.CharField(max_length=100, blank=True)
    former_until = models.DateTimeField(null=True, blank=True)
    created_at = models.DateTimeField()
    # Prices that began up to here have been announced to it.
    prices_until = models.DateTimeField()
    answered_at = models.DateTimeField("last accepted", null=True, blank=True)
    failures = models.PositiveIntegerField("failures in a row", default=0)
    rests_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name


class WebhookDelivery(models.Model):
    """One message: a change, a price that began, or a test."""

    webhook = models.ForeignKey(Webhook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.ForeignKey(ChangeEvent, on_delete=models.CASCADE, null=True, related_name="+")
    price = models.ForeignKey(Price, on_delete=models.CASCADE, null=True, related_name="+")
    topic = models.CharField("type", max_length=20, choices=Topic)
    state = models.CharField(max_length=10, choices=DeliveryState, default=DeliveryState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    created_at = models.DateTimeField()
    next_at = models.DateTimeField("next attempt", null=True)
    # Identifies the attempt; from next_at on, another worker may claim it.
    lease = models.CharField(max_length=32, blank=True)

    class Meta:
        ordering = ["-pk"]
        verbose_name_plural = "webhook deliveries"
        constraints = [
            models.UniqueConstraint(fields=["webhook", "event"], name="webhook_told_once_of_a_change"),
            models.UniqueConstraint(fields=["webhook", "price"], name="webhook_told_once_of_a_price"),
        ]
        indexes = [
            models.Index(fields=["state", "next_at"], name="webhook_delivery_due"),
            models.Index(fields=["created_at"], name="webhook_delivery_created"),
        ]

    def __str__(self) -> str:
        return f"Delivery {self.pk}"


class WebhookAttempt(models.Model):
    """One request and its answer; `status` is null without one."""

    delivery = models.ForeignKey(WebhookDelivery, on_delete=models.CASCADE, related_name="tries")
    at = models.DateTimeField()
    took_ms = models.PositiveIntegerField("took (ms)")
    status = models.PositiveIntegerField(null=True)
    answer = models.TextField("first bytes of the answer", blank=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return str(self.status or self.error)
