"""Builds models' stored records from their rows."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast

import orjson
from django.db import DEFAULT_DB_ALIAS, connections, transaction
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from catalog.models import (
    Document,
    Parameter,
    ParameterRule,
    Price,
    Revision,
    Source,
    StatusEvent,
    Variant,
)
from catalog.pricing.money import plain
from catalog.pricing.price import DatedPriceRecord, PriceRecord, price_as_json
from catalog.publishing.bulk_rows import Children, variants
from catalog.publishing.held_back import hold_back
from catalog.records.derived_facts import derive
from catalog.records.field_types import OtherModelType
from catalog.records.fields import FIELDS
from catalog.records.model_field import FieldGroup
from catalog.records.record import ParameterRecord, Record, RuleRecord, SourceRecord, StatusRecord
from catalog.records.uses import uses_of
from catalog.search.facet_index import writing as facet_index
from catalog.search.text_index import rebuild_groups, refresh_models
from catalog.snippets.call_facts import call_facts
from catalog.text.identifiers import short_name
from catalog.text.instants import rfc3339
from catalog.text.markdown_to_html import render_markdown

BATCH = 500
# This migration mends names, so families and providers are indexed anew after it.
MENDED = "0015_mended_texts"


def rebuild(variant_ids: Iterable[int], revision: int, at: datetime | None = None) -> None:
    """Rebuild records, facets and search entries, as of the instant of a publish or of now."""
    at = at or timezone.now()
    ids = sorted(variant_ids)
    for start in range(0, len(ids), BATCH):
        chunk = ids[start : start + BATCH]
        # One query per class for the whole batch: a publish may touch every model.
        rows = Children(chunk)
        hold_back(rows.prices, rows.parameters, at)
        records = {variant.pk: _record(variant, rows) for variant in variants(chunk)}
        Document.objects.bulk_create(
            [
                Document(variant_id=pk, body=orjson.dumps(record).decode(), revision=revision)
                for pk, record in records.items()
            ],
            update_conflicts=True,
            unique_fields=["variant"],
            update_fields=["body", "revision"],
        )
        facet_index.refresh(records)
        refresh_models(records)


def with_replaced(variant_ids: Iterable[int]) -> set[int]:
    """Return models and those that they replace: records hold the path of their replacement."""
    ids = sorted(variant_ids)
    chunks = (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
    replaced = (
        Variant.objects.filter(replacement__in=chunk).values_list("pk", flat=True) for chunk in chunks
    )
    return {*ids, *(pk for chunk in replaced for pk in chunk)}


def after_migrate(using: str, plan: Sequence[tuple[Migration, bool]] = (), **_kwargs: Any) -> None:
    """Rebuild what a migration marked as outdated."""
    connection = connections[using]
    # This also runs after `migrate` of another application alone, and back to zero.
    if using != DEFAULT_DB_ALIAS or Document._meta.db_table not in connection.introspection.table_names():  # noqa: SLF001
        return
    # A migration marks a record as outdated by setting its revision to 0.
    marked = list(Document.objects.filter(revision=0).values_list("pk", flat=True))
    if not marked and all(migration.name != MENDED for migration, _is_undone in plan):
        return
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes("catalog")):
        return  # their columns are not there yet: the last migration comes by here again
    with transaction.atomic():
        last = Revision.objects.order_by("-number").values_list("number", flat=True).first()
        rebuild(marked, last or 0)
        rebuild_groups()


def _record(variant: Variant, rows: Children) -> Record:
    family, provider = variant.family, variant.family.provider
    pk = variant.pk
    sources = _sources(rows.sources[pk])
    record = {
        "model_id": variant.model_id,
        "slug": variant.slug,
        "name": variant.display_name,
        "stated_name": short_name(variant.name) or None,
        "path": variant.path,
        "provider": {"slug": provider.slug, "name": provider.display_name},
        "family": {"slug": family.slug, "name": family.display_name},
        "aliases": [alias.alias_id for alias in rows.aliases[pk]],
        **_fields(variant),
        "endpoints": [
            {
                "method": endpoint.method,
                "path": endpoint.path,
                "protocol": endpoint.protocol,
                "action": endpoint.action or None,
                "task_type": endpoint.task_type or None,
            }
            for endpoint in rows.endpoints[pk]
        ],
        "parameters": _parameters(rows.parameters[pk]),
        "rules": _rules(rows.rules[pk]),
        "prices": [price_record(price) for price in rows.prices[pk]],
        "price_claim": variant.price_claim or family.price_claim,
        "price_claim_source": variant.price_claim_source or family.price_claim_source or None,
        "status_events": [_status(event) for event in rows.status_events[pk]],
        "overview": variant.overview or family.overview,
        "overview_html": render_markdown(variant.overview or family.overview),
        "best_for": [
            {"title": case.title, "body": case.body, "body_html": render_markdown(case.body)}
            for case in rows.use_cases[pk]
        ],
        "faq": [
            {"question": faq.question, "answer": faq.answer, "answer_html": render_markdown(faq.answer)}
            for faq in rows.faqs[pk]
        ],
        "sources": sources,
        "checked_on": max((source["checked_on"] for source in sources if source["checked_on"]), default=None),
    }
    return _with_uses(cast("Record", _with_derived(record)), family.best_for)


def _with_derived(record: dict[str, Any]) -> dict[str, Any]:
    record |= derive(record, call_facts(record["endpoints"]))
    # Who stated another value is no source of the one that is shown.
    record["sources"] = [row for row in record["sources"] if row["field"] not in record["derived"]]
    return record


def _with_uses(record: Record, uses: list[dict[str, Any]]) -> Record:
    record["best_for"] += [
        {"title": use["title"], "body": use["body"], "body_html": render_markdown(use["body"])}
        for use in uses_of(record, uses)
    ]
    return record


def _fields(variant: Variant) -> dict[str, Any]:
    values: dict[str, Any] = {}
    # Keys of JSON keep their order: identity comes first. The sort is stable, so the rest stays in the
    # table's.
    for field in sorted(FIELDS, key=lambda field: field.group is not FieldGroup.IDENTITY):
        column = getattr(variant, field.name)
        values[field.key] = field.type.stored(column)
        if isinstance(field.type, OtherModelType):
            # Kept beside the ID, so that a page links to the other model without a query.
            values[f"{field.key}_path"] = column.path if column else None
    return values


def dated_price(price: Price) -> DatedPriceRecord:
    """Return a price with its span."""
    return {
        # What was stored before a rule was made may break it: it is shown all the same.
        **price_as_json(price, price.conditions),
        "effective_from": rfc3339(price.effective_from),
        "effective_until": rfc3339(price.effective_until) if price.effective_until else None,
    }


def price_record(price: Price) -> PriceRecord:
    """Return a price as in the API."""
    return {
        "id": price.pk,
        **dated_price(price),
        "on_record_since": rfc3339(price.on_record_since) if price.on_record_since else None,
        "unit_is_inferred": price.is_doubtful,
        "is_held_back": price.is_held_back,
        "covered_from": rfc3339(price.covered_from) if price.covered_from else None,
        "covered_until": rfc3339(price.covered_until) if price.covered_until else None,
        "source_url": price.source_url or None,
        "source_label": price.source_label,
        "checked_on": _day(price.checked_on),
        "note": price.note,
        "omits": price.omits or None,
    }


def _sources(rows: Iterable[Source]) -> list[SourceRecord]:
    return [
        {
            "field": field,
            "url": source.url or None,
            "label": source.label,
            "checked_on": _day(source.checked_on),
        }
        for source in rows
        for field in source.fields
    ]


def _parameters(rows: Iterable[Parameter]) -> dict[str, list[ParameterRecord]]:
    actions: dict[str, list[ParameterRecord]] = defaultdict(list)
    for parameter in rows:
        actions[parameter.action].append(_parameter(parameter))
    return dict(actions)


def _parameter(parameter: Parameter) -> ParameterRecord:
    return {
        "name": parameter.name,
        "type": parameter.type or None,
        "required": parameter.required,
        "enum": parameter.enum,
        "default": parameter.default,
        "minimum": _number(parameter.minimum),
        "maximum": _number(parameter.maximum),
        "min_length": parameter.min_length,
        "max_length": parameter.max_length,
        "min_items": parameter.min_items,
        "max_items": parameter.max_items,
        "pattern": parameter.pattern or None,
        "items": parameter.items,
        "description": parameter.description,
    }


def _rules(rows: Iterable[ParameterRule]) -> dict[str, list[RuleRecord]]:
    actions: dict[str, list[RuleRecord]] = defaultdict(list)
    for rule in rows:
        actions[rule.action].append(
            {"when": rule.when, "required": rule.required, "forbidden": rule.forbidden}
        )
    return dict(actions)


def _status(event: StatusEvent) -> StatusRecord:
    return {
        "severity": event.severity,
        "message": event.message,
        "started_at": rfc3339(event.started_at),
        "ended_at": rfc3339(event.ended_at) if event.ended_at else None,
    }


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _number(number: Decimal | None) -> str | None:
    return None if number is None else plain(number)
