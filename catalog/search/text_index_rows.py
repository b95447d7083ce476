"""Builds search entries of models, families and providers."""

from datetime import date

from django.db import connection

from catalog.models import Family, Provider, SearchEntry
from catalog.records.record import Record
from catalog.search import backend
from catalog.search.ranking import ALIAS, ID, NAME
from catalog.search.typos import is_correctable
from catalog.search.words import edges, words

# Families and providers lie below all models, each in a range of its own.
FAMILIES = -(2**41)
PROVIDERS = -(2**42)
# Marks the term of a whole word. No query can hold it: words part where digits meet letters.
WORD = "0"


def model_entry(pk: int, record: Record) -> SearchEntry:
    """Build a model's entry."""
    retired = record["retires_on"]
    text = [record["provider"]["slug"], record["provider"]["name"], record["family"]["slug"]]
    text += [record["family"]["name"], record["modality"] or "", *record["output_modalities"]]
    entry = _entry(
        pk,
        names=[
            (ID, record["model_id"]),
            *((ALIAS, alias) for alias in record["aliases"]),
            (NAME, record["name"]),
        ],
        text=[*text, *record["actions"]],
    )
    entry.kind, entry.label, entry.title, entry.path = (
        "model",
        record["model_id"],
        record["name"],
        record["path"],
    )
    entry.released = _day(record["released_on"]) or 0
    entry.retired_from = 1 if record["stated_lifecycle"] == "retired" and not retired else _day(retired)
    entry.variant_id = pk
    return entry


def family_entry(family: Family) -> SearchEntry:
    """Build a family's entry."""
    text = [family.provider.slug, family.provider.name, family.modality]
    entry = _entry(FAMILIES + family.pk, names=[(ID, family.slug), (NAME, family.name)], text=text)
    entry.kind, entry.label, entry.title = "family", family.slug, family.display_name
    entry.path, entry.family_id = f"/models/{family.slug}", family.pk
    return entry


def provider_entry(provider: Provider) -> SearchEntry:
    """Build a provider's entry."""
    names = [(ID, provider.slug), (NAME, provider.name)]
    entry = _entry(PROVIDERS + provider.pk, names=names, text=[])
    entry.kind, entry.label, entry.title = "provider", provider.slug, provider.display_name
    entry.path, entry.provider_id = f"/providers/{provider.slug}", provider.pk
    return entry


def _entry(position: int, *, names: list[tuple[str, str]], text: list[str]) -> SearchEntry:
    lines: dict[str, str] = {}
    for kind, name in names:
        if key := " ".join(words(name)):
            # IDs come first, so a name equal to the ID counts as the ID.
            lines.setdefault(key, kind)
    tokens = {word for line in lines for word in line.split(" ")}
    tokens |= {word for part in text for word in words(part)}
    vocabulary = sorted(filter(is_correctable, tokens))
    terms = {edge for word in tokens for edge in edges(word)}
    terms |= {WORD + word for word in vocabulary}
    terms |= backend(connection).markers(position)
    return SearchEntry(
        position=position,
        # A name without a letter or digit is found by the rest; the line keeps the list from being empty.
        names="\n".join(kind + line for line, kind in lines.items()) or NAME,
        terms=" ".join(sorted(terms)),
        vocabulary=" ".join(vocabulary),
        released=0,
        retired_from=None,
    )


def _day(text: str | None) -> int | None:
    return date.fromisoformat(text).toordinal() if text else None
