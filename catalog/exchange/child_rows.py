"""A model's lists in a file, and how their rows are read."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from catalog.exchange.file_table import FileTable
from catalog.models import Alias, Endpoint, Faq, Parameter, ParameterRule, Source, UseCase
from catalog.vocabulary import Protocol, TaskType

TYPES = ("string", "integer", "number", "boolean", "array", "object")


@dataclass(frozen=True, slots=True)
class ChildGroup:
    """One list: key in a file, class of its rows, reader of one row."""

    key: str
    row: type[Any]
    read: Callable[[FileTable], dict[str, Any]]

    @property
    def columns(self) -> list[str]:
        """Return the columns that files state."""
        skipped = {"id", "variant", "position"}
        return [column.name for column in self.row._meta.get_fields() if column.name not in skipped]  # noqa: SLF001

    @property
    def has_position(self) -> bool:
        """Whether rows keep the file's order."""
        return any(column.name == "position" for column in self.row._meta.get_fields())  # noqa: SLF001


def _alias(table: FileTable) -> dict[str, Any]:
    return {"alias_id": table.text("alias_id", longest=200, required=True)}


def _endpoint(table: FileTable) -> dict[str, Any]:
    path = table.text("path", required=True) or ""
    if not path.startswith("/") or " " in path:
        raise table.refuse("path", f"{path!r} is not a path: begin with a slash, without spaces")
    return {
        "method": table.choice("method", ["GET", "POST"], required=True),
        "path": path,
        "protocol": table.choice("protocol", Protocol.values, required=True),
        "action": table.text("action", longest=100) or "",
        "task_type": table.choice("task_type", TaskType.values) or "",
    }


def _parameter(table: FileTable) -> dict[str, Any]:
    enum = table.json("enum")
    if enum is not None and (not isinstance(enum, list) or not enum):
        raise table.refuse("enum", "is not a list of values")
    return {
        "action": table.text("action", longest=100, required=True),
        "name": table.text("name", longest=100, required=True),
        "type": table.choice("type", TYPES) or "",
        "required": table.flag("required") or False,
        "enum": enum,
        "default": table.json("default"),
        "minimum": table.decimal("minimum"),
        "maximum": table.decimal("maximum"),
        "min_length": table.whole("min_length"),
        "max_length": table.whole("max_length"),
        "min_items": table.whole("min_items"),
        "max_items": table.whole("max_items"),
        "pattern": table.text("pattern") or "",
        "items": table.json("items"),
        "description": table.text("description", longest=2_000, lines=True) or "",
    }


def _rule(table: FileTable) -> dict[str, Any]:
    when = {} if (given := table.json("when")) is None else given  # without it, a rule always holds
    if not isinstance(when, dict):
        raise table.refuse("when", "is not a table of parameters and values")
    return {
        "action": table.text("action", longest=100, required=True),
        "when": when,
        "required": table.texts("required") or [],
        "forbidden": table.texts("forbidden") or [],
    }


def _use_case(table: FileTable) -> dict[str, Any]:
    return {
        "title": table.text("title", longest=120, required=True),
        "body": table.markdown("body", required=True),
    }


def _faq(table: FileTable) -> dict[str, Any]:
    return {
        "question": table.text("question", longest=200, required=True),
        "answer": table.markdown("answer", required=True),
    }


def _source(table: FileTable) -> dict[str, Any]:
    fields = table.texts("fields")
    if not fields:
        raise table.refuse("fields", "names no field that was read there")
    return {
        "fields": fields,
        "url": table.url("url") or "",
        "label": table.text("label", required=True),
        "checked_on": table.day("checked_on"),
    }


REGISTRY: dict[str, ChildGroup] = {
    "aliases": ChildGroup("aliases", Alias, _alias),
    "endpoints": ChildGroup("endpoint", Endpoint, _endpoint),
    "parameters": ChildGroup("parameter", Parameter, _parameter),
    "rules": ChildGroup("rule", ParameterRule, _rule),
    "use_cases": ChildGroup("best_for", UseCase, _use_case),
    "faqs": ChildGroup("faq", Faq, _faq),
    "sources": ChildGroup("sources", Source, _source),
}
"""Relation of the model -> its list."""

# All but endpoints, which files state for the family.
STATED_OF_MODELS = ("aliases", "parameters", "rules", "use_cases", "faqs", "sources")


def read_groups(
    table: FileTable, names: Iterable[str] = STATED_OF_MODELS, key: str = ""
) -> dict[str, list[dict[str, Any]]]:
    """Read the lists that a table states; absent ones are left out."""
    groups: dict[str, list[dict[str, Any]]] = {}
    for name in names:
        group = REGISTRY[name]
        if name == "aliases":
            words = table.texts("aliases")
            if words is not None:
                groups[name] = [{"alias_id": word} for word in words]
            continue
        rows = table.tables(key or group.key)
        if rows is not None:
            groups[name] = [_read(group, row) for row in rows]
            _refuse_twins(table, group, groups[name])
    return groups


def _read(group: ChildGroup, table: FileTable) -> dict[str, Any]:
    row = group.read(table)
    table.finish()
    return row


def _refuse_twins(table: FileTable, group: ChildGroup, rows: list[dict[str, Any]]) -> None:
    # As the unique constraints of these tables.
    identity = {"endpoint": ("method", "path"), "parameter": ("action", "name")}.get(group.key)
    seen: set[tuple[Any, ...]] = set()
    for row in rows if identity else []:
        values = tuple(row[column] for column in identity or ())
        if values in seen:
            raise table.refuse(group.key, f"{' '.join(values)} stands there twice")
        seen.add(values)
