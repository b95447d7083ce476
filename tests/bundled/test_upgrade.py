"""A database of the last release becomes one of this version, and the release's own code still reads it."""

import io
import re
import subprocess
import sys
import tarfile
import tomllib
from pathlib import Path

import pytest
from django.db import connection

import backups
import live
import needs

RELEASE = re.search(r"^## (?P<version>[\d.]+), [\d-]+\n\n.*commit (?P<commit>[0-9a-f]{7,40})",
                    (live.REPOSITORY / "CHANGELOG.md").read_text(), re.MULTILINE)  # fmt: skip
PAGES = """
import catalog
print(catalog.__file__)
from django.test import Client
for path in ["/", "/models", "/models/claude/sonnet-4-5-20250929", "/pricing", "/api/v1/models?limit=1000"]:
    assert Client(SERVER_NAME="127.0.0.1").get(path).status_code == 200, path
"""
PRICES = """
from catalog.models import Price
columns = ("pk", "variant__model_id", "kind", "meter", "amount", "effective_from", "effective_until")
for row in Price.objects.order_by("pk").values_list(*columns):
    print(*row)
"""


@pytest.fixture(scope="module")
def release(tmp_path_factory):
    """The source of the last release, as CHANGELOG.md names it: tags do not travel with a clone."""
    command = ["git", "archive", RELEASE["commit"]]
    packed = subprocess.run(command, cwd=live.REPOSITORY, capture_output=True, check=False)
    if packed.returncode:
        needs.cannot_run(f"commit {RELEASE['commit']} is not here", "git fetch --unshallow")
    folder = tmp_path_factory.mktemp("release")
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(folder, filter="data")
    return folder


@pytest.fixture
def manage(tmp_path, new_database):
    """Runs a command of this version, or of another source, on one database; returns what it prints."""
    with new_database(catalog=None) as own:
        # DEBUG: pages then do without collected static files.
        settings = {
            "DATABASE_URL": f"sqlite:///{tmp_path}/catalog.sqlite3",
            "CATALOG_VAR": tmp_path,
            "DEBUG": "on",
            **own,
        }
        yield lambda source, *arguments: run(source, settings, *arguments)


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


def test_an_upgrade_loses_no_price_and_can_be_taken_back(release, manage):
    manage(release, "migrate", "--verbosity", "0")
    manage(release, "load_catalog", "--verbosity", "0")
    before = manage(release, "shell", "--no-imports", "-c", PRICES)
    assert len(before.splitlines()) > 500
    manage(live.REPOSITORY, "migrate", "--verbosity", "0")
    manage(live.REPOSITORY, "migrate", "--check", "--verbosity", "0")
    assert manage(live.REPOSITORY, "shell", "--no-imports", "-c", PAGES).startswith(str(live.REPOSITORY))
    assert manage(live.REPOSITORY, "shell", "--no-imports", "-c", PRICES) == before
    # A restart by turns, and a way back: old code serves the new tables.
    assert manage(release, "shell", "--no-imports", "-c", PAGES).startswith(str(release))
    assert manage(release, "shell", "--no-imports", "-c", PRICES) == before


def test_a_backup_of_the_release_is_restored_and_migrated(release, new_database, tmp_path):
    with new_database(catalog=None) as own, backups.empty_place(tmp_path) as place:
        old = {"DATABASE_URL": f"sqlite:///{tmp_path}/old.sqlite3", "CATALOG_VAR": tmp_path, **own}
        new = {**place, "CATALOG_VAR": tmp_path, "DEBUG": "on"}
        run(release, old, "migrate", "--verbosity", "0")
        run(release, old, "load_catalog", "--verbosity", "0")
        before = run(release, old, "shell", "--no-imports", "-c", PRICES)
        path = backups.made(tmp_path / "to", **old)["path"]
        run(live.REPOSITORY, new, "restore", path)
        backups.set_clock(place)
        # As it was: the release itself can go on with it.
        assert run(release, new, "shell", "--no-imports", "-c", PAGES).startswith(str(release))
        run(live.REPOSITORY, new, "migrate", "--verbosity", "0")
        assert run(live.REPOSITORY, new, "shell", "--no-imports", "-c", PAGES).startswith(
            str(live.REPOSITORY)
        )
        assert run(live.REPOSITORY, new, "shell", "--no-imports", "-c", PRICES) == before


def test_files_that_the_release_wrote_have_nothing_new_to_say_after_an_upgrade(release, manage, tmp_path):
    manage(release, "migrate", "--verbosity", "0")
    manage(release, "load_catalog", "--verbosity", "0")
    assert manage(release, "export_catalog", tmp_path / "files").startswith("Wrote 27 files")
    manage(live.REPOSITORY, "migrate", "--verbosity", "0")
    assert "\nNothing to do." in manage(live.REPOSITORY, "import_catalog", tmp_path / "files")


def test_some_of_these_files_are_read_and_written_as_they_are(manage, tmp_path):
    files = sorted((live.REPOSITORY / "tests/golden/dump_0_1_0").iterdir())
    assert len(files) == 3
    manage(live.REPOSITORY, "migrate", "--verbosity", "0")
    assert "Loaded as revision 1." in manage(live.REPOSITORY, "import_catalog", *files)
    assert "\nNothing to do." in manage(live.REPOSITORY, "import_catalog", *files)
    manage(live.REPOSITORY, "export_catalog", tmp_path / "files")
    for file in files:
        written = (tmp_path / "files" / file.name).read_text()
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
