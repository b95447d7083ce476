"""Brings models.dev's TOML tree into the shape of `api.json`."""

from collections.abc import Mapping
from typing import Any

from catalog.exchange.document import FilePlace
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.toml_text import read_toml
from catalog.text.refusal import shown

NEVER_INHERITED = frozenset(
    {
        *("id", "benchmarks", "license", "links", "weights", "cost", "provider", "experimental"),
        *("reasoning_options", "interleaved", "status"),
    }
)


def assemble(files: Mapping[str, bytes], file: str) -> dict[str, Any]:
    """Return provider -> models, each with its base filled in."""
    parsed = {path: read_toml(content, path) for path, content in files.items() if path.endswith(".toml")}
    bases = {
        path.removeprefix("models/").removesuffix(".toml"): values
        for path, values in parsed.items()
        if path.startswith("models/")
    }
    providers: dict[str, Any] = {}
    for path, values in sorted(parsed.items()):
        parts = path.split("/")
        if len(parts) == 3 and parts[0] == "providers" and parts[2] == "provider.toml":
            providers[parts[1]] = {**values, "id": parts[1], "models": {}}
    for path, values in sorted(parsed.items()):
        head, _, rest = path.partition("/models/")
        provider = providers.get(head.removeprefix("providers/"))
        if head.startswith("providers/") and rest:
            if provider is None:
                raise CatalogFileError(FilePlace(path, 0), f"there is no {head}/provider.toml beside it")
            id_ = rest.removesuffix(".toml")
            provider["models"][id_] = {**_filled(values, bases, path), "id": id_}
    if not providers:
        raise CatalogFileError(FilePlace(file, 0), "holds no providers/<name>/provider.toml")
    return providers


def _filled(values: dict[str, Any], bases: Mapping[str, dict[str, Any]], path: str) -> dict[str, Any]:
    own = {key: value for key, value in values.items() if key not in {"base_model", "base_model_omit"}}
    base, omitted = values.get("base_model"), values.get("base_model_omit", [])
    if base is None:
        return own
    if not isinstance(base, str) or base not in bases:
        raise CatalogFileError(FilePlace(path, 0), f"base_model: there is no models/{shown(base)}.toml")
    if not isinstance(omitted, list) or not all(isinstance(dotted, str) for dotted in omitted):
        raise CatalogFileError(FilePlace(path, 0), "base_model_omit: is not a list of dotted keys")
    inherited = {key: value for key, value in bases[base].items() if key not in NEVER_INHERITED}
    merged = _merged(inherited, own)
    for dotted in omitted:
        _prune(merged, dotted.split("."))
    return merged


def _merged(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    merged = dict(base)
    for key, value in own.items():
        under = merged.get(key)
        both = isinstance(value, dict) and isinstance(under, dict)
        merged[key] = _merged(under, value) if both else value  # type: ignore[arg-type]
    return merged


def _prune(table: dict[str, Any], steps: list[str]) -> None:
    inner = table.get(steps[0])
    if len(steps) == 1:
        table.pop(steps[0], None)
    elif isinstance(inner, dict):
        rest = dict(inner)
        _prune(rest, steps[1:])
        table[steps[0]] = rest
        if not rest:
            del table[steps[0]]
