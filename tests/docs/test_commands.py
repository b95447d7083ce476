"""The commands and settings that the documentation names are those there are, and harmless commands run."""

import re
import shlex

import pytest
from django.conf import settings
from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

import docs_source

MAKE = re.compile(r"(?:^|[\s`])make ([a-z]+)(?=$|[\s`])", re.MULTILINE)
READER = re.compile(r'\b_(?:share|text|flag|number|words)\(\s*"([A-Z_]+)"(?:, (?:"([^"]*)"|(\d+)))?')
ROOT = settings.REPOSITORY
NOT_SETTINGS = {"CI", "PYTEST"}
OF_TESTS = re.compile(r'int\(os\.environ\.get\("([A-Z_]+)", "(\d+)"\)\)')


def parser(name):
    return load_command_class(get_commands()[name], name).create_parser("manage.py", name)


@pytest.mark.parametrize(("slug", "name", "rest"), docs_source.commands())
def test_a_command_exists_and_takes_what_is_shown(slug, name, rest):
    assert name in get_commands(), f"{slug} names manage.py {name}"
    known = {option for action in parser(name)._actions for option in action.option_strings}
    for word in shlex.split(rest, comments=True):
        if word.startswith("--"):
            assert word.partition("=")[0] in known, f"{slug}: manage.py {name} has no {word}"


def test_options_that_are_named_beside_a_command_exist():
    """An inline `--option` of the page on catalog files belongs to one of its commands."""
    commands = {name for slug, name, _rest in docs_source.commands() if slug == "catalog-files"}
    known = {
        option for name in commands for action in parser(name)._actions for option in action.option_strings
    }
    named = {span for span in docs_source.spans("catalog-files") if span.startswith("--")}
    assert named <= known
    assert {"--dry-run", "--force", "--json"} <= named


@pytest.mark.parametrize("command", ["load_catalog", "import_catalog", "export_catalog", "check_catalog"])
def test_each_command_of_the_catalog_is_documented_with_all_its_own_options(command):
    text = docs_source.pages()["catalog-files"]
    assert f"manage.py {command}" in text
    common = {
        option for action in BaseCommand().create_parser("", "")._actions for option in action.option_strings
    }
    own = {option for action in parser(command)._actions for option in action.option_strings} - common
    assert [option for option in own if option.startswith("--") and f"`{option}`" not in text] == []


def test_each_make_command_that_is_named_exists():
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    for slug, text in docs_source.pages().items():
        for name in MAKE.findall(text):
            if f"`make {name}" in text or f"make {name}\n" in text:
                assert name in targets, f"{slug} names make {name}"


def test_the_settings_documented_are_the_settings_read():
    source = (ROOT / "site/config/settings.py").read_text()
    read = {name: text or number for name, text, number in READER.findall(source)}
    rows = {docs_source.words(row[0])[0]: row for row in docs_source.table("self-hosting", "Settings")}
    assert set(rows) == set(read)
    for name, default in read.items():
        if default and "://" not in default[-3:] and name not in {"DATABASE_URL", "CACHE_URL"}:
            shown = docs_source.words(rows[name][1]) or [rows[name][1]]
            assert default in shown, f"{name} is {default!r} by default, the page says {shown}"


def read_by_tests():
    """How often tests do what they do: variable -> the defaults that it has."""
    found = {}
    for path in (ROOT / "tests").rglob("*.py"):
        if "node_modules" not in path.parts:
            for name, default in OF_TESTS.findall(path.read_text()):
                found.setdefault(name, set()).add(default)
    return found


def test_how_often_tests_do_something_is_documented_with_its_default():
    rows = {docs_source.words(row[0])[0]: row for row in docs_source.table("development", "Longer runs")}
    read = read_by_tests()
    assert set(rows) == set(read) >= {"IMPORT_KILLS", "PRICE_KILLS", "PROPERTY_CASES", "PAGE_WIDTHS"}
    for name, defaults in read.items():
        assert any(re.search(rf"\b{default}\b", rows[name][2]) for default in defaults), name


def test_how_often_a_soak_does_something_is_documented():
    soak = dict(re.findall(r"\b([A-Z_]+)=\$\(or \$\(\1\),(\d+)\)", (ROOT / "Makefile").read_text()))
    rows = docs_source.table("development", "Longer runs")
    assert {docs_source.words(row[0])[0]: row[3] for row in rows} == soak


def test_variables_that_shell_samples_set_are_settings():
    source = (ROOT / "site/config/settings.py").read_text()
    read = {found[0] for found in READER.findall(source)} | {settings.API_KEY_ENV}
    for slug in ("self-hosting", "development"):
        for code in docs_source.codes("bash"):
            if code.page == slug:
                for name in re.findall(r"\b([A-Z][A-Z_]{3,})=", code.text):
                    assert name in read | NOT_SETTINGS, f"{slug}: {name}"
