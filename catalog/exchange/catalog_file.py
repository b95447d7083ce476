"""Reads our own catalog file, TOML or JSON."""

import json
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.exchange.child_rows import read_groups
from catalog.exchange.document import (
    CatalogDocument,
    FamilyEntry,
    FilePlace,
    ModelEntry,
    ProviderEntry,
)
from catalog.exchange.field_values import name_vector_size, read_fields
from catalog.exchange.file_factors import with_products
from catalog.exchange.file_prices import checked, read_price, read_source
from catalog.exchange.file_promises import read_promises
from catalog.exchange.file_table import CatalogFileError, FileTable
from catalog.exchange.file_uses import read_uses
from catalog.exchange.input_files import Content, gather
from catalog.exchange.line_numbers import json_lines, toml_lines
from catalog.exchange.reader_base import CatalogReading, ReadCatalog
from catalog.exchange.toml_text import read_toml
from catalog.models.variant import natural_slug
from catalog.records.end_of_life import governed
from catalog.text.identifiers import check_model_id, check_slug
from catalog.text.refusal import shown
from catalog.vocabulary import Modality


def read(paths: Iterable[Path]) -> CatalogDocument:
    """Read files, folders or archives; CatalogFileError names file, line and reason."""
    return CatalogDocument.joined(
        part for path in paths for part in _parts(gather(path, tree=True), path.name)
    )


def read_upload(content: Content, origin: ReadCatalog, provider: str | None = None) -> CatalogReading:
    """Read a file or archive like those of other catalogs."""
    if provider:
        raise CatalogFileError(FilePlace(origin.file, 0), "names its provider itself: leave the provider out")
    document = CatalogDocument.joined(_parts(content, origin.file))
    return CatalogReading(document, rows=len(document.models))


def _parts(content: Content, file: str) -> Iterator[CatalogDocument]:
    if isinstance(content, bytes):
        yield parse(content, file)
        return
    if not content:
        raise CatalogFileError(FilePlace(file, 0), "holds no file whose name ends in .toml")
    for name in sorted(content):
        yield parse(content[name], name)


def parse(content: bytes, file: str) -> CatalogDocument:
    """Read one file: JSON by its name, else TOML."""
    # Some editors on Windows add one, which the TOML parser would only call invalid.
    if content.startswith(b"\xef\xbb\xbf"):
        raise CatalogFileError(FilePlace(file), "begins with a byte order mark: save it as UTF-8 without one")
    try:
        text = content.decode()
    except UnicodeDecodeError as error:
        line = content[: error.start].count(b"\n") + 1
        raise CatalogFileError(FilePlace(file, line), "is not UTF-8") from error
    values, lines = _json(text, file) if file.endswith(".json") else (read_toml(text, file), toml_lines(text))
    return _document(FileTable(file, lines, (), values))


def _json(text: str, file: str) -> tuple[dict[str, Any], Mapping[Any, int]]:
    try:
        values = json.loads(
            text, parse_float=Decimal, parse_constant=_no_constant, object_pairs_hook=_no_twins
        )
        lines = json_lines(text)
    except json.JSONDecodeError as error:
        raise CatalogFileError(FilePlace(file, error.lineno), f"is not JSON: {error.msg}") from error
    except (RecursionError, ValueError, ArithmeticError) as error:
        raise CatalogFileError(FilePlace(file), f"is not JSON that can be read: {_short(error)}") from error
    if not isinstance(values, dict):
        raise CatalogFileError(FilePlace(file), f"holds no table: {shown(values)}")
    return values, lines


def _no_constant(word: str) -> None:
    raise ValueError(f"{word} is not a number of JSON")


def _no_twins(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values: dict[str, Any] = {}
    for key, value in pairs:
        if key in values:
            raise ValueError(f"the key {shown(key)} stands there twice")
        values[key] = value
    return values


def _short(error: Exception) -> str:
    return "it is nested too deeply" if isinstance(error, RecursionError) else str(error)[:200]


def _document(top: FileTable) -> CatalogDocument:
    promises = read_promises(top)
    provider, families = top.table("provider"), top.tables("family")
    top.finish()
    if provider is None and promises and not families:
        return CatalogDocument(promises=promises)
    if provider is None:
        raise top.refuse(None, "the table [provider] is missing")
    slug = _slug(provider)
    fields = {"name": provider.text("name", longest=200, required=True), "url": provider.url("url")}
    document = CatalogDocument(
        providers=[ProviderEntry(slug, _stated(fields | read_source(provider)), provider.place())],
        promises=promises,
    )
    provider.finish()
    for family in families or []:
        _family(family, slug, document)
    return document


def _family(table: FileTable, provider: str, document: CatalogDocument) -> None:
    slug = _slug(table)
    fields = {
        "name": table.text("name", longest=200, required=True),
        "modality": table.choice("modality", Modality.values),
        "overview": table.markdown("overview"),
        "best_for": read_uses(table),
        **_claim(table),
        **read_source(table),
    }
    offered = _endpoints(table)
    models = table.tables("model") or []
    table.finish()
    document.families.append(FamilyEntry(slug, provider, _stated(fields), table.place()))
    document.models += [_model(model, slug, offered, at) for at, model in enumerate(models)]


def _endpoints(table: FileTable) -> dict[str, dict[str, Any]]:
    # By what models call them: "POST /v1/messages".
    offered: dict[str, dict[str, Any]] = {}
    for endpoint in read_groups(table, ["endpoints"], key="endpoint").get("endpoints", []):
        offered[f"{endpoint['method']} {endpoint['path']}"] = endpoint
    return offered


def _model(table: FileTable, family: str, offered: Mapping[str, dict[str, Any]], position: int) -> ModelEntry:
    model_id = table.text("model_id", longest=10_000, required=True) or ""
    checked(table, "model_id", model_id, check_model_id)
    slug = table.text("slug", longest=200) or natural_slug(model_id, family)
    checked(table, "slug", slug, check_model_id)
    fields = {
        "slug": slug,
        "position": position,
        "name": table.text("name", longest=200),
        **read_fields(table),
        "overview": table.markdown("overview"),
        **_claim(table),
    }
    replacement = table.text("replacement", longest=200)
    groups = read_groups(table)
    groups |= _chosen(table, offered)
    name_vector_size(fields, groups)
    entry = ModelEntry(
        model_id=model_id,
        family=family,
        fields=governed(_stated(fields)) if fields["end_of_life"] else _stated(fields),
        place=table.place(),
        replacement=replacement,
        groups=groups,
        prices=[read_price(price) for price in table.tables("price") or []],
    )
    table.finish()
    return with_products(entry)


def _chosen(table: FileTable, offered: Mapping[str, dict[str, Any]]) -> dict[str, list[dict[str, Any]]]:
    names = table.texts("endpoints")
    if names is None:
        return {}
    for name in names:
        if name not in offered:
            raise table.refuse(
                "endpoints",
                f"{shown(name)} is not an endpoint of the family: {', '.join(offered) or 'it has none'}",
            )
    return {"endpoints": [offered[name] for name in names]}


def _claim(table: FileTable) -> dict[str, Any]:
    claim = table.table("price_claim")
    if claim is None:
        return {"price_claim": None, "price_claim_source": None}
    fields = {
        "price_claim": claim.text("text", required=True),
        "price_claim_source": claim.url("source"),
    }
    claim.finish()
    return fields


def _slug(table: FileTable) -> str:
    slug = table.text("slug", longest=10_000, required=True) or ""
    checked(table, "slug", slug, check_slug)
    return slug


def _stated(fields: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in fields.items() if value is not None}
