"""The search index."""

from django.db import models

from catalog.models.provider import Family, Provider
from catalog.models.variant import Variant


class SearchEntry(models.Model):
    """A model, family or provider; `position` orders candidates."""

    position = models.BigIntegerField(primary_key=True)
    kind = models.CharField(max_length=10)
    label = models.CharField(max_length=200, help_text="The model ID, or the slug of a family or provider.")
    title = models.CharField(max_length=200)
    path = models.CharField(max_length=1000)
    names = models.TextField(help_text="One name a line, in words; its first letter says what it is.")
    terms = models.TextField(help_text="What the full-text index holds: each word and each beginning of it.")
    vocabulary = models.TextField(help_text="The words that a typing error is corrected to.")
    released = models.PositiveIntegerField(help_text="The day of release, counted; 0 is not stated.")
    retired_from = models.PositiveIntegerField(
        null=True, help_text="The first day without an answer, counted."
    )
    variant = models.OneToOneField(Variant, models.CASCADE, null=True, related_name="search_entry")
    family = models.OneToOneField(Family, models.CASCADE, null=True, related_name="search_entry")
    provider = models.OneToOneField(Provider, models.CASCADE, null=True, related_name="search_entry")

    def __str__(self) -> str:
        return f"{self.kind} {self.label}"


class SearchKey(models.Model):
    """A name without spaces and punctuation: `gpt5mini` for `GPT-5 mini`."""

    entry = models.ForeignKey(SearchEntry, models.CASCADE, related_name="keys")
    key = models.CharField(max_length=250)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["entry", "key"], name="search_key_once")]

    def __str__(self) -> str:
        return self.key


class SearchWord(models.Model):
    """A word, by one of its misspelt forms."""

    form = models.CharField(max_length=30)
    word = models.CharField(max_length=30, db_index=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["form", "word"], name="search_word_form_once")]

    def __str__(self) -> str:
        return f"{self.form} of {self.word}"
