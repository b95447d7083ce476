"""Which models take a model's place: those that sources name, followed to one that is not ending itself."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from catalog.models import Alias, Variant
from catalog.records.end_of_life import PLATFORMS, ending, in_order, replacements
from catalog.records.record import Record
from catalog.vocabulary import Lifecycle

# A chain that is longer is followed no further.
LONGEST_CHAIN = 12
ENDING = frozenset({"deprecated", "retired"})


@dataclass(frozen=True, slots=True)
class NamedModel:
    """A model that a source names; without a path the catalog does not have it."""

    model_id: str
    name: str
    path: str = ""
    lifecycle: str | None = None

    @property
    def is_living(self) -> bool:
        """Whether the catalog has it and no end of it is known."""
        return bool(self.path) and self.lifecycle not in ENDING

    @property
    def stage(self) -> str:
        """Return the lifecycle's label."""
        return Lifecycle(self.lifecycle).label if self.lifecycle else ""


@dataclass(frozen=True, slots=True)
class Successors:
    """`stated` as what governs names them, `living` to be recommended, `named` those of all statements."""

    stated: tuple[NamedModel, ...] = ()
    living: NamedModel | None = None
    named: Mapping[str, NamedModel] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Known:
    model: NamedModel
    follows: tuple[str, ...]


def successors(record: Record, at: datetime) -> Successors:
    """Return what takes a model's place at an instant."""
    return successors_of([record], at)[record["model_id"]]


def successors_of(records: Iterable[Mapping[str, Any]], at: datetime) -> dict[str, Successors]:
    """Return what takes each model's place; one query for each step of the longest chain."""
    stated = {
        record["model_id"]: (replacements(record), _elsewhere(record), _named(record)) for record in records
    }
    known = _follow({name for *_, names in stated.values() for name in names}, at)
    return {
        model_id: Successors(
            stated=tuple(_model(name, known) for name in governing),
            # What vendors recommend on another platform comes before a guess.
            living=_living(model_id, governing, known) or _living(model_id, elsewhere, known),
            named={name: _model(name, known) for name in names},
        )
        for model_id, (governing, elsewhere, names) in stated.items()
    }


def _elsewhere(record: Mapping[str, Any]) -> tuple[str, ...]:
    rows = [row for row in record.get("end_of_life") or () if row["platform"] in PLATFORMS]
    return tuple(name for row in rows for name in row.get("replacements") or ())


def _named(record: Mapping[str, Any]) -> set[str]:
    rows = record.get("end_of_life") or ()
    return {*replacements(record), *(name for row in rows for name in row.get("replacements") or ())}


def _follow(names: set[str], at: datetime) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    tried: set[str] = set()
    for _step in range(LONGEST_CHAIN):
        names -= tried
        if not names:
            break
        tried |= names
        fresh = _read(names, at)
        known |= fresh
        names = {name for one in fresh.values() if not one.model.is_living for name in one.follows}
    return known


def _read(names: set[str], at: datetime) -> dict[str, _Known]:
    known = {one.model.model_id: one for one in _rows(names, at)}
    others = names - known.keys()
    aliases = dict(
        Alias.objects.filter(alias_id__in=others).values_list("alias_id", "variant__model_id")
        if others
        else ()
    )
    if aliases:
        known |= {one.model.model_id: one for one in _rows(set(aliases.values()), at)}
    return known | {name: known[model_id] for name, model_id in aliases.items()}


def _rows(names: set[str], at: datetime) -> Iterable[_Known]:
    rows: Iterable[Any] = (
        Variant.objects.filter(model_id__in=sorted(names))
        .with_lifecycle(at)
        .select_related("family", "replacement")
    )
    for row in rows:
        column = row.replacement.model_id if row.replacement else None
        yield _Known(
            NamedModel(row.model_id, row.display_name, row.path, row.lifecycle_at or None),
            in_order(column, ending(row.end_of_life).replacements),
        )


def _model(name: str, known: Mapping[str, _Known]) -> NamedModel:
    return known[name].model if name in known else NamedModel(name, name)


def _living(model_id: str, names: tuple[str, ...], known: Mapping[str, _Known]) -> NamedModel | None:
    # All that one source names come before those that follow them; what was tried is tried no more.
    tried = {model_id}
    while names:
        rows = [known[name] for name in names if name in known and known[name].model.model_id not in tried]
        for row in rows:
            if row.model.is_living:
                return row.model
        tried |= {row.model.model_id for row in rows}
        names = tuple(name for row in rows for name in row.follows)
    return None
