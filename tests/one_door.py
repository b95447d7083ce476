"""Finds writes of rows in source text: what a model, a query set or a cursor is told to store or delete."""

import ast
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.apps import apps
from django.db import connection


@dataclass(frozen=True)
class Outside:
    """Rows that are no part of the catalog: why, and which modules write them."""

    why: str
    rows: frozenset[str]
    modules: frozenset[str]


OUTSIDE = (
    Outside(
        "what search and lists look in: made from the records, within a publish or from nothing",
        frozenset({"SearchEntry", "SearchKey", "SearchWord"})
        | {"FacetBits", "FacetClock", "FacetSpan", "FacetTally", "ListKey"},
        frozenset(
            {
                "catalog/search/text_index.py",
                *("catalog/search/facet_index/writing.py", "catalog/search/facet_index/stored_bits.py"),
                "catalog/search/sqlite.py",
            }
        ),
    ),
    Outside(
        "subscribers and what they are sent: workers write them by the second, history tells nothing of them",
        frozenset({"Webhook", "Webhook_families", "WebhookAttempt", "WebhookDelivery"}),
        frozenset({"catalog/webhooks/queue.py", "catalog/admin/webhooks.py"}),
    ),
    Outside(
        "files that were uploaded: what is imported from them goes through the door",
        frozenset({"ImportFile"}),
        frozenset({"catalog/admin/imports.py", "catalog/admin/import_steps.py"}),
    ),
    Outside(
        "wrong passwords that django-axes counts",
        frozenset(),
        frozenset({"site/config/login_attempts.py", "site/config/management/commands/unlock.py"}),
    ),
    Outside(
        "a copy of a database, made for a backup: its sessions are taken out before it is packed",
        frozenset(),
        frozenset({"site/config/backups/sqlite.py"}),
    ),
)
"""All that is written past the door."""
ALWAYS = frozenset(
    {
        *("bulk_create", "bulk_update", "get_or_create", "update_or_create", "save_base", "_raw_delete"),
        *("insert_rows", "executemany"),
    }
)
"""Names that only query sets, rows and cursors have, and one function of ours."""
BY_KEYWORD = frozenset({"save", "delete", "create", "update"})
"""Names that files, hashes, caches and dictionaries have too: those are given what they take by position."""
OF_RELATIONS = frozenset({"add", "set", "remove", "clear"})
SQL = re.compile(
    r"\b(INSERT\s+(OR\s+\w+\s+)?INTO\b|UPDATE\s+(\S+\s+SET\b|$)|DELETE\s+FROM\b|REPLACE\s+INTO\b"
    r"|MERGE\s+INTO\b|TRUNCATE\s|COPY\s+\S+\s+FROM\b)"
)
CATALOG = Path(__file__).resolve().parents[1] / "catalog"
DOORS = tuple(str(CATALOG / room) + os.sep for room in ("publishing", "migrations"))
OURS = tuple(str(Path(__file__).resolve().parents[1] / room) + os.sep for room in ("catalog", "site"))
TABLE = re.compile(r'\s*(?:INSERT INTO|UPDATE|DELETE FROM) "?(\w+)"?')


def relations() -> frozenset[str]:
    """Names under which rows of the catalog lead to sets of other rows."""
    names: set[str] = set()
    for model in apps.get_app_config("catalog").get_models():
        names |= {field.get_accessor_name() or "" for field in model._meta.related_objects}
        names |= {field.name for field in model._meta.many_to_many}
    return frozenset(names - {""})


def setters(source: str) -> list[tuple[int, str]]:
    """Properties that write, and rows whose own `save` or `delete` does more than Django's."""
    tree, found = ast.parse(source), []
    tried = {id(step) for node in ast.walk(tree) if isinstance(node, ast.Try) for step in node.body}
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            rows = any(ast.unparse(base) == "models.Model" for base in node.bases)
            own = {step.name: step.lineno for step in node.body if isinstance(step, ast.FunctionDef)}
            found += [(own[name], name) for name in ("save", "delete") if rows and name in own]
        elif isinstance(node, ast.FunctionDef) and any(
            "property" in ast.unparse(by) for by in node.decorator_list
        ):
            found += writes(ast.unparse(node)) and [(node.lineno, node.name)]
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Attribute) and id(node) not in tried:
            # What is read and thrown away is read for what reading it does, unless it is to see it refused.
            is_dropped = [ast.unparse(target) for target in node.targets] == ["_"]
            found += [(node.lineno, ast.unparse(node))] if is_dropped else []
    return sorted(found)


@contextmanager
def watched(outside: Collection[str]) -> Iterator[list[str]]:
    """Collect the statements by which our code writes tables of the catalog from outside `publishing/`."""
    tables = {
        model._meta.db_table for model in apps.get_app_config("catalog").get_models(include_auto_created=True)
    }
    found: list[str] = []

    def look(execute: Callable[..., Any], sql: str, params: Any, many: bool, context: Any) -> Any:
        match = TABLE.match(sql)
        if match and match[1] in tables - {*outside}:
            files = _files()
            if any(file.startswith(OURS) for file in files) and not any(
                file.startswith(DOORS) for file in files
            ):
                found.append(sql[:100])
        return execute(sql, params, many, context)

    with connection.execute_wrapper(look):
        yield found


def _files() -> list[str]:
    frame, files = sys._getframe(1), []
    while frame is not None:
        files.append(frame.f_code.co_filename)
        frame = frame.f_back
    return files


def outside_tables() -> frozenset[str]:
    """Tables of rows that are no part of the catalog."""
    names = {name for outside in OUTSIDE for name in outside.rows}
    models = apps.get_app_config("catalog").get_models(include_auto_created=True)
    return frozenset(model._meta.db_table for model in models if model.__name__ in names)


def writes(source: str) -> list[tuple[int, str]]:
    """The lines of a module that write rows, and what each calls."""
    tree = ast.parse(source)
    spoken = {id(text) for text in _docstrings(tree)}
    found = []
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and (name := _write(node)):
            found.append((node.lineno, name))
        elif (
            isinstance(node, ast.Constant)
            and id(node) not in spoken
            and (match := SQL.search(f"{node.value}"))
        ):
            found.append((node.lineno, match[0].upper()))
    return sorted(found)


def _write(call: ast.Call) -> str:
    if not isinstance(call.func, ast.Attribute):
        return call.func.id if isinstance(call.func, ast.Name) and call.func.id in ALWAYS else ""
    name = call.func.attr
    plain = name.removeprefix("a") if name != "add" else name
    if plain in ALWAYS:
        return name
    if plain in OF_RELATIONS:
        owner = call.func.value
        return name if isinstance(owner, ast.Attribute) and owner.attr in relations() else ""
    if plain not in BY_KEYWORD or call.args:
        return ""
    is_kept_back = any(word.arg == "commit" and _is_false(word.value) for word in call.keywords)
    return "" if is_kept_back else name


def _is_false(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is False


def _docstrings(tree: ast.Module) -> Iterator[ast.expr]:
    """Texts that stand by themselves: nothing runs them."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
