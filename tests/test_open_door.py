"""What a newcomer meets first: guides that name what exists, valid forms, a workflow that runs `.ci/run`."""

import re
import subprocess
import tomllib
from datetime import date
from pathlib import Path

import pytest
import yaml

ROOT = Path(__file__).resolve().parents[1]
FORMS = sorted(path for path in (ROOT / ".github/ISSUE_TEMPLATE").glob("*.yml") if path.name != "config.yml")
GUIDES = ["CONTRIBUTING.md", "SECURITY.md", ".github/PULL_REQUEST_TEMPLATE.md"]
DOOR = [*GUIDES, *(path.relative_to(ROOT).as_posix() for path in (ROOT / ".github").rglob("*.yml"))]
ELEMENTS = {
    "markdown": {"value"},
    "input": {"label", "description", "placeholder", "value"},
    "textarea": {"label", "description", "placeholder", "value", "render"},
    "dropdown": {"label", "description", "multiple", "options", "default"},
    "checkboxes": {"label", "description", "options"},
}
"""Kinds of element of an issue form, and what each may say of itself."""


def read(name):
    return (ROOT / name).read_text(encoding="utf-8")


def parsed(name):
    return yaml.safe_load(read(name))


def form_faults(form):
    """What the host of the repository would refuse of an issue form."""
    faults = [f"no {key}" for key in ("name", "description", "body") if not form.get(key)]
    faults += [f"unknown {key}" for key in form.keys() - {"name", "description", "title", "labels", "body"}]
    names = [element.get("id") for element in form["body"] if "id" in element]
    labels = [element["attributes"].get("label") for element in form["body"] if element["type"] != "markdown"]
    faults += [f"{name} twice" for name in {*names, *labels} if [*names, *labels].count(name) > 1]
    if {element["type"] for element in form["body"]} <= {"markdown"}:
        faults.append("nothing to fill in")
    return faults + [fault for element in form["body"] for fault in element_faults(element)]


def element_faults(element):
    """What would be refused of one element."""
    kind, attributes, name = element["type"], element["attributes"], element.get("id", "markdown")
    if kind not in ELEMENTS:
        return [f"{name}: unknown type {kind}"]
    faults = [f"{name}: unknown {key}" for key in attributes.keys() - ELEMENTS[kind]]
    faults += [
        f"{name}: unknown {key}" for key in element.keys() - {"type", "id", "attributes", "validations"}
    ]
    needed = "value" if kind == "markdown" else "label"
    if not attributes.get(needed):
        faults.append(f"{name}: no {needed}")
    if not re.fullmatch(r"[A-Za-z0-9_-]+", name):
        faults.append(f"{name}: not an id")
    if "options" in ELEMENTS[kind]:
        options = attributes.get("options") or []
        said = [option["label"] if kind == "checkboxes" else option for option in options]
        # Unquoted yes, no and dates are no text; "none" is a choice that the host adds itself.
        if not said or not all(isinstance(option, str) and option.lower() != "none" for option in said):
            faults.append(f"{name}: options {said}")
        if len(set(said)) < len(said):
            faults.append(f"{name}: an option twice")
    return faults


@pytest.mark.parametrize("path", FORMS, ids=lambda path: path.stem)
def test_an_issue_form_is_one_that_the_host_accepts(path):
    assert form_faults(yaml.safe_load(path.read_text(encoding="utf-8"))) == []


def test_there_is_a_form_for_each_kind_of_report():
    assert {path.stem for path in FORMS} == {"bug", "new_source", "wrong_value"}
    assert parsed(".github/ISSUE_TEMPLATE/config.yml") == {"blank_issues_enabled": False}


@pytest.mark.parametrize(
    ("wrong", "fault"),
    [
        (
            {"type": "dropdown", "id": "a", "attributes": {"label": "A", "options": [True]}},
            "a: options [True]",
        ),
        ({"type": "select", "id": "a", "attributes": {"label": "A"}}, "a: unknown type select"),
        ({"type": "input", "id": "a b", "attributes": {"label": "A"}}, "a b: not an id"),
        ({"type": "input", "id": "a", "attributes": {"label": "A", "hint": "B"}}, "a: unknown hint"),
        ({"type": "markdown", "attributes": {}}, "markdown: no value"),
        ({"type": "input", "id": "model", "attributes": {"label": "B"}}, "model twice"),
    ],
)
def test_a_wrong_form_is_found(wrong, fault):
    form = parsed(".github/ISSUE_TEMPLATE/wrong_value.yml")
    assert fault in form_faults({**form, "body": [*form["body"], wrong]})


def test_the_workflow_runs_ci_with_least_rights():
    text = read(".github/workflows/ci.yml")
    workflow = yaml.safe_load(text)
    assert set(workflow[True]) == {"push", "pull_request"}, "YAML reads an unquoted `on` as true"
    assert workflow["permissions"] == {"contents": "read"}
    (job,) = workflow["jobs"].values()
    assert "permissions" not in job
    assert job["timeout-minutes"] <= 60
    assert job["steps"][-1]["run"] == "bash .ci/run"
    actions = [step for step in job["steps"] if "uses" in step]
    assert all(re.fullmatch(r"[\w.-]+/[\w.-]+@[0-9a-f]{40}", step["uses"]) for step in actions)
    assert all(re.search(rf"{step['uses']} # v\d", text) for step in actions)
    checkout = next(step["with"] for step in actions if step["uses"].startswith("actions/checkout@"))
    assert checkout == {"fetch-depth": 0, "persist-credentials": False}, "release 0.1.0 is in the history"
    assert "secrets." not in text


def test_each_command_of_the_guides_is_in_the_makefile():
    makefile = read("Makefile")
    named = {target for name in DOOR for target in re.findall(r"\bmake ([a-z][a-z-]*)", read(name))}
    assert {"run", "test", "test-fast", "soak", "check", "lock", "messages"} <= named
    assert {name for name in named if not re.search(rf"^{name}:", makefile, re.MULTILINE)} == set()


@pytest.mark.parametrize("name", DOOR)
def test_each_file_that_a_guide_names_exists(name):
    text = read(name)
    for link in re.findall(r"\]\((?!https?:)([^)#]+)", text):
        assert ((ROOT / name).parent / link).exists(), f"{name} links {link}"
    for path in re.findall(r"(?<![\w/])`?((?:[\w.-]+/)*(?:\.ci/run|[\w-]+\.(?:md|toml|py|yml)))\b", text):
        assert (ROOT / path).exists() or (ROOT / name).parent.joinpath(path).exists(), f"{name} names {path}"
    for folder in re.findall(r"`((?:catalog|site|templates|static|tests)/[\w./-]*)`", text):
        assert (ROOT / folder).exists(), f"{name} names {folder}"


def test_the_section_that_the_guide_links_is_in_the_readme():
    assert "README.md#where-each-kind-of-change-goes" in read("CONTRIBUTING.md")
    assert "\n## Where each kind of change goes\n" in read("README.md")
    assert "(CONTRIBUTING.md)" in read("README.md")


def test_no_address_is_made_up():
    for name in DOOR:
        assert not re.search(r"[\w.]+@[\w-]+\.[a-z]{2,}", read(name)), f"{name} names a mailbox"


def test_hooks_run_the_locked_tools_and_fetch_nothing():
    (repository,) = parsed(".pre-commit-config.yaml")["repos"]
    assert repository["repo"] == "local"
    for hook in repository["hooks"]:
        assert hook["language"] == "system"
        assert hook["entry"].startswith(".venv/bin/")
    used = " ".join(hook["entry"] for hook in repository["hooks"])
    assert {"ruff check", "ruff format", "djade"} <= set(re.findall(r"ruff \w+|djade", used))
    for path in re.findall(r"tests/\S+", used):
        assert (ROOT / path).exists(), path


def test_editors_are_told_the_widths_that_the_checks_hold():
    sections = dict(re.findall(r"^\[([^\]]+)\]\n((?:(?!\[).*\n?)*)", read(".editorconfig"), re.MULTILINE))
    width = tomllib.loads(read("pyproject.toml"))["tool"]["ruff"]["line-length"]
    assert f"max_line_length = {width}\n" in sections["*.py"]
    assert "max_line_length = 120\n" in sections["*"]
    assert "indent_style = tab" in sections["Makefile"]


def test_releases_are_dated_newest_first():
    headings = re.findall(r"^## (\d+\.\d+\.\d+), (.+)$", read("CHANGELOG.md"), re.MULTILINE)
    assert len(headings) == len(re.findall(r"^## ", read("CHANGELOG.md"), re.MULTILINE))
    versions = [tuple(map(int, version.split("."))) for version, _ in headings]
    assert versions == sorted(versions, reverse=True)
    days = [said if said == "unreleased" else date.fromisoformat(said).isoformat() for _, said in headings]
    assert "unreleased" not in days[1:]
    assert headings[-1] == ("0.1.0", "2026-11-26")


@pytest.mark.programs
def test_each_text_ends_as_editors_are_told():
    tracked = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True)
    pieces = {"golden", "pieces", "text"}
    wrong = []
    for name in filter(None, tracked.stdout.split("\0")):
        path = ROOT / name
        if path.suffix == ".png" or pieces & {*path.parts} or not path.is_file():
            continue
        content = path.read_bytes()
        if content and (not content.endswith(b"\n") or b"\r\n" in content or content.endswith(b"\n\n")):
            wrong.append(name)
    assert wrong == []
