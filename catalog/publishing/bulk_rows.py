"""Reads and writes many rows at once."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection, models

from catalog.models import (
    Alias,
    Endpoint,
    Faq,
    Parameter,
    ParameterRule,
    Price,
    Source,
    StatusEvent,
    UseCase,
    Variant,
)

AS_THEY_ARE = frozenset(
    {
        models.CharField,
        models.TextField,
        models.URLField,
        models.PositiveIntegerField,
        models.BooleanField,
        models.ForeignKey,
    }
)
"""Fields whose Python values every database takes unprepared."""


class Children:
    """The child rows of some models."""

    def __init__(self, ids: Sequence[int]) -> None:
        # One query per class. prefetch_related would also build a query set per model.
        self.aliases = _by_variant(Alias, ids)
        self.endpoints = _by_variant(Endpoint, ids)
        self.parameters = _by_variant(Parameter, ids)
        self.rules = _by_variant(ParameterRule, ids)
        self.prices = _by_variant(Price, ids)
        self.status_events = _by_variant(StatusEvent, ids)
        self.use_cases = _by_variant(UseCase, ids)
        self.faqs = _by_variant(Faq, ids)
        self.sources = _by_variant(Source, ids)


def variants(ids: Sequence[int]) -> Iterable[Variant]:
    """Fetch models with what their records need."""
    return Variant.objects.filter(pk__in=ids).select_related("family__provider", "replacement__family")


def insert(kind: type[models.Model], columns: Sequence[str], rows: Iterable[Sequence[Any]]) -> None:
    """Insert values by column, which the database must take unprepared."""
    quote = connection.ops.quote_name
    fields = {field.name: field.column for field in kind._meta.concrete_fields}  # noqa: SLF001
    names = ", ".join(quote(str(fields[column])) for column in columns)
    marks = ", ".join(["%s"] * len(columns))
    table = quote(kind._meta.db_table)  # noqa: SLF001
    with connection.cursor() as cursor:
        # Past the ORM, which takes several times as long for a large import.
        cursor.executemany(f"INSERT INTO {table} ({names}) VALUES ({marks})", list(rows))  # noqa: S608


def insert_rows(rows: Sequence[models.Model]) -> None:
    """Insert rows of one class; their primary keys stay unset."""
    if not rows:
        return
    kind = type(rows[0])
    fields = [field for field in kind._meta.concrete_fields if not field.primary_key]  # noqa: SLF001
    prepared = [(field.attname, None if type(field) in AS_THEY_ARE else field) for field in fields]
    insert(
        kind,
        [field.name for field in fields],
        [
            [
                value if field is None else field.get_db_prep_save(value, connection)
                for value, field in ((getattr(row, name), field) for name, field in prepared)
            ]
            for row in rows
        ],
    )


def _by_variant(kind: type[Any], ids: Sequence[int]) -> defaultdict[int, list[Any]]:
    rows_by_variant: defaultdict[int, list[Any]] = defaultdict(list)
    for row in kind._default_manager.filter(variant_id__in=ids).iterator(chunk_size=2_000):  # noqa: SLF001
        rows_by_variant[row.variant_id].append(row)
    return rows_by_variant
