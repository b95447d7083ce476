"""Writes a document as our own TOML, read back unchanged."""

from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import tomli_w

from catalog.exchange.child_rows import REGISTRY
from catalog.exchange.document import (
    CatalogDocument,
    FamilyEntry,
    ModelEntry,
    PriceEntry,
    PromiseEntry,
    begins_when_read,
)
from catalog.exchange.field_values import written_fields
from catalog.exchange.file_promises import FILE, written_promise
from catalog.exchange.file_uses import written_use
from catalog.models.variant import natural_slug
from catalog.pricing.money import plain
from catalog.pricing.units import METERS

METER_ORDER = tuple(METERS)
# A price is so where a file does not state it.
TAKEN_FOR_GRANTED = {"state": "known", "currency": "USD", "is_promotion": False}
FILE_KEYS = {"is_promotion": "promotion"}


def render(document: CatalogDocument) -> dict[str, str]:
    """Return provider slug, or the name of the promises' file -> text."""
    files = {FILE: "\n".join(_promises(document.promises))} if document.promises else {}
    for provider in document.providers:
        families = [family for family in document.families if family.provider == provider.slug]
        parts = ["[provider]", *_pairs({"slug": provider.slug, **_named(provider.fields, ("name", "url"))})]
        parts += _pairs(_source(provider.fields))
        for family in families:
            models = [model for model in document.models if model.family == family.slug]
            parts += _family(family, models)
        files[provider.slug] = "\n".join(parts) + "\n"
    return files


def _promises(entries: Iterable[PromiseEntry]) -> Iterator[str]:
    for entry in entries:
        yield from ("[[promise]]", *_pairs(written_promise(entry)), *_pairs(_source(entry.fields)), "")


def _family(family: FamilyEntry, models: list[ModelEntry]) -> Iterator[str]:
    yield from ("", "[[family]]", *_pairs({"slug": family.slug}))
    yield from _pairs(_named(family.fields, ("name", "modality", "overview")))
    yield from _pairs(_claim(family.fields) | _source(family.fields))
    for use in family.fields.get("best_for", []):
        yield from ("", "[[family.best_for]]", *_pairs(written_use(use)))
    offered: dict[str, dict[str, Any]] = {}
    for model in models:
        for row in model.groups.get("endpoints", []):
            offered.setdefault(f"{row['method']} {row['path']}", row)
    for row in offered.values():
        yield from ("", "[[family.endpoint]]", *_pairs(row))
    for model in sorted(models, key=lambda entry: entry.fields.get("position", 0)):
        yield from _model(model, family.slug)


def _model(model: ModelEntry, family: str) -> Iterator[str]:
    yield from ("", "[[family.model]]", *_pairs({"model_id": model.model_id}))
    slug = model.fields.get("slug")
    if slug and slug != natural_slug(model.model_id, family):
        yield from _pairs({"slug": slug})
    yield from _pairs({"name": model.fields.get("name")})
    for key, value in written_fields(model.fields).items():
        # Rows stand below each other, so that a change of one is a change of one line.
        is_rows = isinstance(value, list) and value and isinstance(value[0], dict)
        yield from _rows(key, value) if is_rows else _pairs({key: value})
    yield from _pairs(_named(model.fields, ["overview"]))
    yield from _pairs({"replacement": model.replacement} | _claim(model.fields))
    if aliases := model.groups.get("aliases"):
        yield from _pairs({"aliases": [row["alias_id"] for row in aliases]})
    if endpoints := model.groups.get("endpoints"):
        names = [f"{row['method']} {row['path']}" for row in endpoints]
        yield from _pairs({"endpoints": names})
    for name in ("sources", "parameters", "rules"):
        if rows := model.groups.get(name):
            yield from _rows(REGISTRY[name].key, rows)
    for name in ("use_cases", "faqs"):
        for row in model.groups.get(name, []):
            yield from ("", f"[[family.model.{REGISTRY[name].key}]]", *_pairs(row))
    for price in sorted(model.prices, key=_reading_order):
        yield from ("", "[[family.model.price]]", *_pairs(_price(price)))


def _rows(key: str, rows: Iterable[Mapping[str, Any]]) -> Iterator[str]:
    yield from (f"{key} = [", *(f"  {_inline(_in_order(row))}," for row in rows), "]")


def _reading_order(price: PriceEntry) -> tuple[Any, ...]:
    kind, meter, conditions = price.value.key
    return (kind == "list", METER_ORDER.index(meter), conditions, price.effective_from)


def _price(price: PriceEntry) -> dict[str, Any]:
    stated = price.value.record().items()
    return {
        **{
            FILE_KEYS.get(key, key): value
            for key, value in stated
            if key != "unit" and value != TAKEN_FOR_GRANTED.get(key)
        },
        "effective_from": price.effective_from,
        "effective_until": price.effective_until,
        "on_record_since": _since(price),
        "unit_is_inferred": price.unit_is_inferred,
        "omits": price.omits or None,
        "note": price.note,
        **_source(
            {
                "source_url": price.source_url,
                "source_label": price.source_label,
                "checked_on": price.checked_on,
            }
        ),
    }


def _since(price: PriceEntry) -> datetime | bool | None:
    # What a file says without the key is not written: files of earlier releases stay as they are.
    if begins_when_read(price.effective_from, price.checked_on):
        return None if price.on_record_since else False
    return price.on_record_since


def _claim(fields: Mapping[str, Any]) -> dict[str, Any]:
    if not fields.get("price_claim"):
        return {}
    claim = {"text": fields["price_claim"], "source": fields.get("price_claim_source")}
    return {"price_claim": {key: value for key, value in claim.items() if value}}


def _source(fields: Mapping[str, Any]) -> dict[str, Any]:
    if not fields.get("source_label"):
        return {}
    source = {"url": "source_url", "label": "source_label", "checked_on": "checked_on"}
    return {"source": {key: fields[column] for key, column in source.items() if fields.get(column)}}


def _named(fields: Mapping[str, Any], names: Iterable[str]) -> dict[str, Any]:
    return {name: fields.get(name) for name in names}


def _pairs(values: Mapping[str, Any]) -> list[str]:
    return [f"{_key(key)} = {_value(value)}" for key, value in values.items() if _is_stated(key, value)]


def _is_stated(key: str, value: Any) -> bool:
    return value is not None and value not in ("", [], {}) and not (key == "required" and value is False)


def _inline(values: Mapping[str, Any]) -> str:
    return f"{{ {', '.join(_pairs(values))} }}" if values else "{}"


def _in_order(row: Mapping[str, Any]) -> dict[str, Any]:
    # PostgreSQL's jsonb forgets the order of keys.
    return {column: _sorted(value) for column, value in row.items()}


def _sorted(value: Any) -> Any:
    if isinstance(value, Mapping):
        return {key: _sorted(value[key]) for key in sorted(value)}
    return [_sorted(item) for item in value] if isinstance(value, list) else value


def _list(values: Iterable[Any]) -> str:
    return f"[{', '.join(_value(value) for value in values)}]"


def _key(key: str) -> str:
    return tomli_w.dumps({key: 0}).removesuffix(" = 0\n")


def _value(value: Any) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat().replace("+00:00", "Z")
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return plain(value)
    if isinstance(value, Mapping):
        # A value of its own, as of a rule: what is empty in it is meant.
        inner = [f"{_key(key)} = {_value(item)}" for key, item in value.items()]
        return f"{{ {', '.join(inner)} }}" if inner else "{}"
    if isinstance(value, list | tuple):
        return _list(value)
    return repr(value)


def _text(value: str) -> str:
    return tomli_w.dumps({"_": value}).removeprefix("_ = ").removesuffix("\n")
