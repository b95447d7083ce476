"""Request parameters of models."""

import json
from typing import Any

from django.db import models

from catalog.models.variant import Variant


class Numbers(json.JSONDecoder):
    """A JSON decoder that keeps floats floats."""

    # PostgreSQL's jsonb returns 1e250 as an integer of 251 digits.
    def __init__(self, **options: Any) -> None:
        super().__init__(parse_int=_number, **options)


def _number(digits: str) -> int | float:
    # What is written has integers of 64 bits at most: anything longer was a float.
    number = int(digits)
    return number if -(2**63) <= number < 2**63 else float(digits)


class Parameter(models.Model):
    """A request parameter; a null bound is not stated."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="parameters")
    action = models.CharField(max_length=100)
    name = models.CharField(max_length=100)
    type = models.CharField(max_length=20, blank=True)
    required = models.BooleanField(default=False)
    enum = models.JSONField(decoder=Numbers, null=True, blank=True)
    default = models.JSONField(decoder=Numbers, null=True, blank=True)
    minimum = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(max_digits=15, decimal_places=4, null=True, blank=True)
    min_length = models.PositiveIntegerField(null=True, blank=True)
    max_length = models.PositiveIntegerField(null=True, blank=True)
    min_items = models.PositiveIntegerField(null=True, blank=True)
    max_items = models.PositiveIntegerField(null=True, blank=True)
    pattern = models.CharField(max_length=300, blank=True)
    items = models.JSONField(decoder=Numbers, null=True, blank=True)
    description = models.TextField(blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["variant", "action", "name"], name="parameter_once_per_action")
        ]

    def __str__(self) -> str:
        return f"{self.action}.{self.name}"


class ParameterRule(models.Model):
    """Which parameters are required or forbidden when others have a value."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="rules")
    action = models.CharField(max_length=100)
    when = models.JSONField(decoder=Numbers, default=dict, blank=True)
    required = models.JSONField(default=list, blank=True)
    forbidden = models.JSONField(default=list, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return f"{self.action}: when {self.when}"
