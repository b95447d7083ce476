"""The rows that a document names, fetched at once."""

from dataclasses import dataclass
from typing import Any

from catalog.exchange.child_rows import REGISTRY
from catalog.exchange.document import CatalogDocument
from catalog.models import Alias, Family, Price, Promise, Provider, Variant

CHUNK = 500


@dataclass(slots=True)
class KnownRows:
    """Rows by their names in files."""

    providers: dict[str, Provider]
    families: dict[str, Family]
    variants: dict[str, Variant]
    aliases: dict[str, str]
    promises: dict[str, Promise]

    @classmethod
    def read(cls, document: CatalogDocument) -> "KnownRows":
        """Fetch the rows, in chunks of names."""
        ids = sorted({entry.model_id for entry in document.models})
        named = ids + [
            row["alias_id"] for entry in document.models for row in entry.groups.get("aliases", [])
        ]
        named += [model_id for entry in document.models for model_id in entry.successors]
        # Another catalog states no list of a model but its aliases, and where values are from.
        groups = ["sources", "aliases", "prices"] if document.cited else [*REGISTRY, "prices"]
        variants: dict[str, Variant] = {}
        aliases: dict[str, str] = {}
        # Databases limit the parameters of a query.
        for start in range(0, len(named), CHUNK):
            chunk = named[start : start + CHUNK]
            rows = Variant.objects.filter(model_id__in=chunk).select_related("family", "replacement")
            variants |= {row.model_id: row for row in rows.prefetch_related(*groups)}
            taken = Alias.objects.filter(alias_id__in=chunk).values_list("alias_id", "variant__model_id")
            aliases |= dict(taken)
        return cls(
            providers={row.slug: row for row in Provider.objects.all()},
            families={row.slug: row for row in Family.objects.select_related("provider")},
            variants=variants,
            aliases=aliases,
            promises={row.slug: row for row in Promise.objects.all()},
        )


def group_rows(variant: Variant, name: str) -> list[dict[str, Any]]:
    """Return a list as files state it."""
    columns = REGISTRY[name].columns
    rows = {
        "aliases": variant.aliases,
        "endpoints": variant.endpoints,
        "parameters": variant.parameters,
        "rules": variant.rules,
        "use_cases": variant.use_cases,
        "faqs": variant.faqs,
        "sources": variant.sources,
    }[name].all()  # type: ignore[attr-defined]
    return [{column: getattr(row, column) for column in columns} for row in rows]


def is_stored(variant: Variant, name: str, rows: list[dict[str, Any]]) -> bool:
    """Whether a model has this list already."""
    stored = group_rows(variant, name)
    # Without a position the order of rows means nothing, and is not kept.
    return rows == stored if REGISTRY[name].has_position else sorted(rows, key=str) == sorted(stored, key=str)


def prices_by_key(variant: Variant) -> dict[tuple[str, str, str], list[Price]]:
    """Return prices by `PriceValue.key`, earliest first."""
    rows_by_key: dict[tuple[str, str, str], list[Price]] = {}
    for row in sorted(variant.prices.all(), key=lambda price: price.effective_from):
        rows_by_key.setdefault((row.kind, row.meter, row.conditions_key), []).append(row)
    return rows_by_key
