"""Names tell what they hold, and have one meaning; what is small stands beside what it belongs to."""

import ast

import pytest

from test_architecture import ROOT, lines, packaged

pytestmark = pytest.mark.programs

RIDDLES = {"found", "said", "asked", "told", "kept", "wanted"}
"""Names that do not tell what they hold."""


def test_few_modules_hold_a_single_short_function():
    alone = [str(path) for path in packaged() if lines(path) < 40 and is_one_function(path.read_text())]
    assert len(alone) <= 8, "put what is small beside what it belongs to: " + ", ".join(alone)


def is_one_function(source):
    kinds = [
        type(node) for node in ast.parse(source).body if isinstance(node, ast.FunctionDef | ast.ClassDef)
    ]
    return kinds == [ast.FunctionDef]


def shared_names(sources):
    """Class names that stand in two or more modules; Django demands `Command` and `Meta` of each."""
    homes = {}
    for name, source in sources.items():
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.ClassDef) and node.name not in {"Command", "Meta"}:
                homes.setdefault(node.name, set()).add(name)
    return {name: sorted(where) for name, where in homes.items() if len(where) > 1}


def test_one_class_name_has_one_meaning():
    shared = shared_names({path.relative_to(ROOT).as_posix(): path.read_text() for path in packaged()})
    assert len(shared) <= 10, shared
    # These are rows of the catalog, and the API's schemas of them: the schemas' names are the contract.
    apart = {name: where for name, where in shared.items() if not any("api/schemas" in one for one in where)}
    assert apart == {}


def test_a_name_of_two_meanings_is_found():
    same = {"a.py": "class Line: ...", "b.py": "def f():\n    class Line: ...", "c.py": "class Command: ..."}
    assert shared_names({**same, "d.py": "class Command: ..."}) == {"Line": ["a.py", "b.py"]}
    assert is_one_function('"""Doc."""\nX = 1\ndef f(): ...')
    assert not is_one_function("def f(): ...\nclass A: ...")


def local_names(function):
    for node in ast.walk(function):
        if isinstance(node, ast.arg):
            yield node.arg
        elif isinstance(node, ast.Name) and isinstance(node.ctx, ast.Store):
            yield node.id


def riddles(source):
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.FunctionDef):
            yield from (f"{node.name}: {name}" for name in local_names(node) if name in RIDDLES)
        if isinstance(node, ast.FunctionDef | ast.ClassDef | ast.Module):
            first = (ast.get_docstring(node) or "-").split()[0]
            if first in {"Give", "Say", "Tell", "Name", "Have"}:
                yield f"{getattr(node, 'name', 'module')}: {first} …"


def test_names_and_docstrings_tell_what_they_hold_and_return():
    complaints = {str(path): list(riddles(path.read_text())) for path in packaged()}
    assert {path: rows for path, rows in complaints.items() if rows} == {}
    assert list(riddles('def f(asked):\n    """Give it."""\n    said = 1')) == [
        "f: asked",
        "f: said",
        "f: Give …",
    ]
