"""What another catalog may set on a model: blanks, and what it set before."""

from dataclasses import dataclass
from typing import Any

from catalog.exchange.document import Citation, ModelEntry
from catalog.exchange.foreign_endings import governed_columns, is_governed, source_rows
from catalog.exchange.known_rows import group_rows
from catalog.models import Variant
from catalog.vocabulary import CAPABILITIES

ONE_BY_ONE = ("capabilities", "lacks")
NOT_SET = frozenset({"slug", *ONE_BY_ONE})


def cited_values(
    variant: Variant, entry: ModelEntry, cited: Citation, *, force: bool
) -> tuple[dict[str, Any], list[tuple[str, str]]]:
    """Return columns to set, and disputed ones with messages."""
    owners = _owners(variant)
    stated: dict[str, Any] = {}
    disputed: list[tuple[str, str]] = []
    for name, value in entry.fields.items():
        if name in NOT_SET or is_governed(name, entry.fields):
            continue
        if name == "end_of_life":
            values, columns = governed_columns(variant, value)
            stated |= values
            disputed += [
                (column, f"{day} stands against {getattr(variant, column)}, from {_from(owners, column)}")
                for column, day in columns
            ]
            continue
        before = getattr(variant, name)
        is_own = cited.label in owners.get(name, ())
        if force or is_own or before in (None, "", []) or before == value:
            stated[name] = value
        else:
            # The value keeps its source: the history must not tell of changes that never happened.
            disputed.append((name, f"{value} stands against {before}, from {_from(owners, name)}"))
    if entry.abilities:
        _abilities(variant, entry, _Owners(owners, cited.label, force), stated, disputed)
    return stated, disputed


@dataclass(frozen=True, slots=True)
class _Owners:
    """Who stated the fields on record, and who states others now."""

    labels: dict[str, set[str]]
    label: str
    force: bool

    def may_take_back(self, name: str) -> bool:
        """Whether nobody else stated it."""
        return self.force or self.labels.get(name) == {self.label}


def _abilities(
    variant: Variant,
    entry: ModelEntry,
    owners: _Owners,
    stated: dict[str, Any],
    disputed: list[tuple[str, str]],
) -> None:
    """Add each yes and no to its list; where sources contradict each other, both lists keep the word."""
    on_record = {name: {*getattr(variant, name)} for name in ONE_BY_ONE}
    lists = {name: {*words} for name, words in on_record.items()}
    for name, other, is_yes in (("capabilities", "lacks", True), ("lacks", "capabilities", False)):
        words = {word for word, yes in entry.abilities.items() if yes is is_yes}
        against = words & on_record[other]
        if against and owners.may_take_back(other):
            lists[other] -= against
        elif against:
            is_set = other in variant.admin_fields
            sign, end = "" if is_yes else "no ", "" if is_set else ": not known until they agree"
            reason = f"{sign}{', '.join(sorted(against))} stands against {_from(owners.labels, other)}{end}"
            disputed.append(("capabilities", reason))
            # What an admin set is no matter of sources.
            words -= against if is_set else set()
        lists[name] |= words
    for name, words in lists.items():
        known = [*CAPABILITIES, *sorted(words - CAPABILITIES.keys())]
        if words != on_record[name]:
            stated[name] = [word for word in known if word in words]


def sources_after(variant: Variant, values: dict[str, Any], cited: Citation) -> list[dict[str, Any]]:
    """Return a model's sources once a catalog set some values."""
    rows, own = [], set(values)
    for row in group_rows(variant, "sources"):
        # Several sources fill the lists of capabilities.
        remaining = [name for name in row["fields"] if name not in values or name in ONE_BY_ONE]
        if row["label"] == cited.label:
            own |= {*row["fields"]}
        elif remaining:
            rows.append({**row, "fields": remaining})
    return [*rows, *source_rows(cited, own, values.get("end_of_life", variant.end_of_life))]


def _owners(variant: Variant) -> dict[str, set[str]]:
    labels_by_field: dict[str, set[str]] = {}
    for row in variant.sources.all():
        for name in row.fields:
            labels_by_field.setdefault(name, set()).add(row.label)
    return labels_by_field


def _from(owners: dict[str, set[str]], name: str) -> str:
    return " and ".join(sorted(owners.get(name, ()))) or "the record, which names no source"
