"""A database of the last release becomes one of this version, and the release's own code still reads it."""

import json
import re
import subprocess
import sys
import tomllib
from dataclasses import dataclass
from functools import partial
from pathlib import Path

import pytest
from django.db import connection

import backups
import live
import needs

RELEASE = re.search(r"^## (?P<version>[\d.]+), [\d-]+\n\n.*commit (?P<commit>[0-9a-f]{7,40})",
                    (live.REPOSITORY / "CHANGELOG.md").read_text(), re.MULTILINE)  # fmt: skip
READ = """
import catalog
print(catalog.__file__)
from django.test import Client
for path in ["/", "/models", "/models/claude/sonnet-4-5-20250929", "/pricing", "/api/v1/models?limit=1000"]:
    assert Client(SERVER_NAME="127.0.0.1").get(path).status_code == 200, path
from catalog.models import Price
columns = ("pk", "variant__model_id", "kind", "meter", "amount", "effective_from", "effective_until")
for row in Price.objects.order_by("pk").values_list(*columns):
    print(*row)
"""
"""Asks for pages, and prints whose code answered and all prices."""


@dataclass(frozen=True)
class Upgraded:
    """A database of the release that was upgraded, and what the release said and wrote before."""

    settings: dict
    prices: list
    files: Path
    backup: str


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The source of the last release, as CHANGELOG.md names it: tags do not travel with a clone."""
    command = ["git", "archive", RELEASE["commit"]]
    packed = subprocess.run(command, cwd=live.REPOSITORY, capture_output=True, check=False)
    if packed.returncode:
        needs.cannot_run(f"commit {RELEASE['commit']} is not here", "git fetch --unshallow")
    folder = tmp_path_factory.mktemp("release")
    # Python's own `tarfile` of Debian 12 cannot refuse paths that lead elsewhere; tar does.
    subprocess.run(["tar", "--extract"], input=packed.stdout, cwd=folder, check=True)
    return folder


def setting(folder, own):
    """What commands need for a database, with their files in this folder."""
    # DEBUG: pages then do without collected static files.
    return {
        "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3",
        "CATALOG_VAR": folder,
        "DEBUG": "on",
        **own,
    }


def run(source: Path, settings, *arguments):
    """Run a command of this version, or of another source; return what it prints."""
    ended = subprocess.run(
        [sys.executable, str(source / "manage.py"), *map(str, arguments)],
        cwd=settings["CATALOG_VAR"],
        env=live.environment(**settings),
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    return ended.stdout


def test_the_changelog_names_the_commit_of_the_last_release():
    assert RELEASE, (
        "a heading like '## 0.1.0, 2026-11-26', an empty line, and a line that ends in 'commit 4724e47.'"
    )


def prices(source, settings):
    """All prices, as this source reads them; its pages answer."""
    whose, *rows = run(source, settings, "shell", "--no-imports", "-c", READ).splitlines()
    assert whose.startswith(str(source))
    return rows


@pytest.fixture(scope="module")
def upgraded(release, new_database, tmp_path_factory):
    """A release filled its database, told and wrote what is in it, and this version migrated it."""
    folder = tmp_path_factory.mktemp("upgraded")
    with new_database(catalog=None) as own:
        settings = setting(folder, own)
        run(release, settings, "migrate", "--verbosity", "0")
        run(release, settings, "load_catalog", "--verbosity", "0")
        before = prices(release, settings)
        assert run(release, settings, "export_catalog", folder / "files").startswith("Wrote 27 files")
        backup = backups.made(folder / "to", **settings)["path"]
        run(live.REPOSITORY, settings, "migrate", "--verbosity", "0")
        yield Upgraded(settings, before, folder / "files", backup)


def test_an_upgrade_loses_no_price_and_can_be_taken_back(release, upgraded):
    assert len(upgraded.prices) > 500
    run(live.REPOSITORY, upgraded.settings, "migrate", "--check", "--verbosity", "0")
    assert prices(live.REPOSITORY, upgraded.settings) == upgraded.prices
    # A restart by turns, and a way back: old code serves the new tables.
    assert prices(release, upgraded.settings) == upgraded.prices


def test_a_backup_of_the_release_is_restored_and_migrated(release, upgraded, tmp_path):
    with backups.empty_place(tmp_path) as place:
        settings = {**place, "CATALOG_VAR": tmp_path, "DEBUG": "on"}
        run(live.REPOSITORY, settings, "restore", upgraded.backup)
        backups.set_clock(place)
        # As it was: the release itself can go on with it.
        assert prices(release, settings) == upgraded.prices
        run(live.REPOSITORY, settings, "migrate", "--verbosity", "0")
        assert prices(live.REPOSITORY, settings) == upgraded.prices


def test_files_that_the_release_wrote_have_nothing_new_to_say_after_an_upgrade(upgraded):
    said = run(live.REPOSITORY, upgraded.settings, "import_catalog", upgraded.files)
    assert "\nNothing to do." in said


def test_after_an_upgrade_the_bundled_catalog_says_what_is_new_and_is_loaded_once(upgraded, tmp_path):
    with backups.empty_place(tmp_path) as place:
        settings = {**place, "CATALOG_VAR": tmp_path, "DEBUG": "on"}
        run(live.REPOSITORY, settings, "restore", upgraded.backup)
        backups.set_clock(place)
        run(live.REPOSITORY, settings, "migrate", "--verbosity", "0")
        manage = partial(run, live.REPOSITORY, settings)
        news = json.loads(manage("load_catalog", "--dry-run", "--json"))
        assert news["new"] > 500
        assert news["conflict"] == 0
        lines = {(line["subject"], line["said"]) for line in news["lines"]}
        assert ("gpt-5.6-sol", "context_window: 922000 → 1050000") in lines
        assert not any("vector_size" in said for _, said in lines), "the migration has moved it"
        assert news["losses"] == []
        assert "Loaded as revision 2." in manage("load_catalog")
        assert "\nNothing to do." in manage("load_catalog")
        # Each price is there as it was; some have an end since.
        after = prices(live.REPOSITORY, settings)
        assert {begun(row) for row in upgraded.prices} <= {begun(row) for row in after}


def begun(row):
    """What a printed price says but for its end."""
    return tuple(row.split()[:6])


def test_some_of_these_files_are_read_and_written_as_they_are(new_database, tmp_path):
    with new_database(catalog=None) as own:
        read_and_write(partial(run, live.REPOSITORY, setting(tmp_path, own)), tmp_path / "files")


def read_and_write(manage, folder):
    """Import files that 0.1.0 wrote, and export them again."""
    files = sorted((live.REPOSITORY / "tests/golden/dump_0_1_0").iterdir())
    assert len(files) == 3
    manage("migrate", "--verbosity", "0")
    assert "Loaded as revision 1." in manage("import_catalog", *files)
    assert "\nNothing to do." in manage("import_catalog", *files)
    manage("export_catalog", folder)
    for file in files:
        written = (folder / file.name).read_text()
        assert tomllib.loads(written) == tomllib.loads(file.read_text())


def gone(columns_of):
    """List the tables and columns of 0.1.0 that are not there any more."""
    lines = (live.REPOSITORY / "tests/tables_of_0_1_0.txt").read_text().splitlines()
    named = {table: columns.split() for table, _, columns in (line.partition(": ") for line in lines)}
    assert len(named) > 40
    return [
        f"{table}.{column}"
        for table, columns in named.items()
        for column in columns
        if column not in columns_of(table)
    ]


@pytest.mark.django_db
def test_no_table_or_column_that_0_1_0_reads_is_renamed_or_dropped():
    with connection.cursor() as cursor:
        tables = {
            name: {column.name for column in connection.introspection.get_table_description(cursor, name)}
            for name in connection.introspection.table_names(cursor)
        }
    assert gone(lambda table: tables.get(table, set())) == []
    assert gone(lambda table: tables[table] - {"meter"}) == ["catalog_price.meter", "catalog_priceedit.meter"]
    assert "auth_user.username" in gone(lambda table: set() if table == "auth_user" else tables[table])
