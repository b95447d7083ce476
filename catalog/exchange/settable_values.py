"""What another catalog may set on a model: blanks, and what it set before."""

from typing import Any

from catalog.exchange.document import Citation, ModelEntry
from catalog.exchange.known_rows import group_rows
from catalog.models import Variant
from catalog.vocabulary import CAPABILITIES

NOT_SET = frozenset({"slug", "capabilities"})


def cited_values(
    variant: Variant, entry: ModelEntry, cited: Citation, *, force: bool
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return columns to set, and disputed ones with messages."""
    owners = _owners(variant)
    stated: dict[str, Any] = {}
    disputed: list[tuple[str, str]] = []
    for name, value in entry.fields.items():
        if name in NOT_SET:
            continue
        before = getattr(variant, name)
        is_own = cited.label in owners.get(name, ())
        if force or is_own or before in (None, "", []) or before == value:
            stated[name] = value
        else:
            # The value keeps its source: the history must not tell of changes that never happened.
            disputed.append((name, f"{value} stands against {before}, from {_from(owners, name)}"))
    able = {*variant.capabilities}
    added = {word for word, yes in entry.abilities.items() if yes} - able
    denied = {word for word, yes in entry.abilities.items() if not yes} & able
    if denied and not force and owners.get("capabilities") != {cited.label}:
        reason = f"no {', '.join(sorted(denied))} stands against {_from(owners, 'capabilities')}"
        disputed.append(("capabilities", reason))
        denied = set()
    if added or denied:
        known = [*CAPABILITIES, *sorted(able - CAPABILITIES.keys())]
        stated["capabilities"] = [word for word in known if word in (able | added) - denied]
    return stated, disputed


def sources_after(variant: Variant, values: dict[str, Any], cited: Citation) -> list[dict[str, Any]]:
    """Return a model's sources once a catalog set some values."""
    rows, own = [], set(values)
    for row in group_rows(variant, "sources"):
        # Capabilities are a list that several sources fill.
        remaining = [name for name in row["fields"] if name not in values or name == "capabilities"]
        if (row["url"], row["label"]) == (cited.url, cited.label):
            own |= {*row["fields"]}
        elif remaining:
            rows.append({**row, "fields": remaining})
    return [*rows, cited.row(own)]


def _owners(variant: Variant) -> dict[str, set[str]]:
    labels_by_field: dict[str, set[str]] = {}
    for row in variant.sources.all():
        for name in row.fields:
            labels_by_field.setdefault(name, set()).add(row.label)
    return labels_by_field


def _from(owners: dict[str, set[str]], name: str) -> str:
    return " and ".join(sorted(owners.get(name, ()))) or "the record, which names no source"
