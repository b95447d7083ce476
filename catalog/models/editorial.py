"""Editors' texts, and sources."""

from django.db import models

from catalog.models.variant import Variant


class UseCase(models.Model):
    """What a model is good for."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="use_cases")
    title = models.CharField(max_length=120)
    body = models.TextField(help_text="Markdown.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.title


class Faq(models.Model):
    """A question with an editor's answer."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="faqs")
    question = models.CharField(max_length=200)
    answer = models.TextField(help_text="Markdown.")
    position = models.PositiveIntegerField(default=0)

    class Meta:
        verbose_name = "FAQ"
        verbose_name_plural = "FAQs"
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.question


class Source(models.Model):
    """Where some fields were read."""

    variant = models.ForeignKey(Variant, on_delete=models.CASCADE, related_name="sources")
    fields = models.JSONField(default=list)
    url = models.URLField(max_length=500, blank=True)
    label = models.CharField(max_length=300)
    checked_on = models.DateField(null=True, blank=True)
    position = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["position", "pk"]

    def __str__(self) -> str:
        return self.label
