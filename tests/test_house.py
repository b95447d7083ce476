"""What surrounds the code: lock files that fit the project, commands that do what the README says."""

import ast
import re
import tomllib
from itertools import chain, pairwise
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text())
ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)(?:\[(?P<extras>[^\]]+)\])?"
    r"==(?P<version>[^ ;\\]+)(?P<rest>(?:[^\n]*\\\n)*[^\n]*)",
    re.MULTILINE,
)
WANTED = [*PROJECT["project"]["dependencies"], *PROJECT["project"]["optional-dependencies"]["postgres"]]
GROUPS = PROJECT["dependency-groups"]
LOCKS = {
    "requirements.txt": WANTED,
    "requirements-test.txt": WANTED + GROUPS["test"],
    "requirements-dev.txt": [*WANTED, *chain.from_iterable(GROUPS.values())],
}


def locked(name):
    """The version, the number of hashes and the extras of each locked package."""
    found = {}
    for entry in ENTRY.finditer((ROOT / name).read_text()):
        count = entry["rest"].count("--hash=sha256:")
        extras = set((entry["extras"] or "").split(",")) - {""}
        found[canonicalize_name(entry["name"])] = (entry["version"], count, extras)
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_holds_what_the_project_asks_for(name):
    lock = locked(name)
    for text in LOCKS[name]:
        if isinstance(text, dict):
            assert text["include-group"] in GROUPS
            continue
        wanted = Requirement(text)
        version, _, extras = lock[canonicalize_name(wanted.name)]
        assert wanted.specifier.contains(version), f"{name} has {wanted.name} {version}: run make lock"
        # Without the extra beside the name, older pips ask the index for a version that no hash is here for.
        assert wanted.extras <= extras, f"{name} has {wanted.name} without {wanted.extras}: run make lock"


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_file_names_versions_and_hashes_and_no_host(name):
    lock = locked(name)
    assert len(lock) > 20
    assert [package for package, (_, hashes, _) in lock.items() if hashes == 0] == []
    text = (ROOT / name).read_text()
    assert "://" not in text
    assert not re.search(r"^-|/home/|/tmp/|/work", text, re.MULTILINE)


@pytest.mark.parametrize(("smaller", "larger"), list(pairwise(LOCKS)))
def test_a_lock_file_holds_the_smaller_one(smaller, larger):
    some, more = locked(smaller), locked(larger)
    assert {name: more.get(name) for name in some} == some
    assert len(some) < len(more)


def test_what_every_test_needs_is_locked_without_the_clients():
    locked_for_tests = locked("requirements-test.txt")
    assert [name for text in GROUPS["clients"] if (name := Requirement(text).name) in locked_for_tests] == []
    assert "mypy" not in locked_for_tests


def test_a_client_is_asked_for_where_it_is_used():
    """A module that imports one at its top cannot even be collected without it."""
    clients = {Requirement(text).name.replace("-", "_") for text in GROUPS["clients"]} | {"google"}
    found = []
    for path in [*(ROOT / "tests").glob("*.py"), *(ROOT / "tests").glob("*/**/*test*.py")]:
        for node in ast.parse(path.read_text()).body:
            names = [name.name for name in node.names] if isinstance(node, ast.Import) else []
            names += [node.module] if isinstance(node, ast.ImportFrom) else []
            found += [f"{path.relative_to(ROOT)}: {name}" for name in names if name.split(".")[0] in clients]
    assert [line for line in found if not line.startswith("tests/shots.py")] == []


def test_the_commands_of_the_readme_exist():
    makefile = (ROOT / "Makefile").read_text()
    for file in ("README.md", "site/docs/content/self-hosting.md"):
        for target in re.findall(r"\bmake ([a-z]+)$", (ROOT / file).read_text(), re.MULTILINE):
            assert re.search(rf"^{target}:", makefile, re.MULTILINE), f"{file} names make {target}"


def test_ci_runs_the_commands_of_the_readme():
    script = (ROOT / ".ci/run").read_text()
    assert re.search(r"^\s*make test$", script, re.MULTILINE)
    assert re.search(r"^\s*make (-j2 )?check( RULES=)?$", script, re.MULTILINE)
    # CI leaves out what `make test` runs as well: it must be there.
    rules = (ROOT / "Makefile").read_text().partition("\ncheck-rules:")[2].partition("\n\n")[0]
    files = re.findall(r"tests/[\w/]+\.py", rules)
    assert len(files) > 3
    assert [name for name in files if not (ROOT / name).exists()] == []
    assert (ROOT / ".ci/run").stat().st_mode & 0o111


def test_the_readme_names_only_files_that_exist():
    readme = (ROOT / "README.md").read_text()
    for name in re.findall(r"`((?:catalog|site|templates|static|tests)/[\w./-]*)`", readme):
        assert (ROOT / name).exists(), f"README.md names {name}"
    for name in re.findall(r"\]\(([\w./-]+)\)", readme):
        assert (ROOT / name).exists(), f"README.md links {name}"


def test_the_version_is_in_the_changelog():
    assert f"## {PROJECT['project']['version']}" in (ROOT / "CHANGELOG.md").read_text()
