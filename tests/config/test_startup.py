"""Starts beside each other, a database that cannot be opened, and who may read what a start makes."""

import stat
import subprocess
import sys

import pytest

import live
from scratch import Scratch

pytestmark = pytest.mark.programs


def mode(path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.mark.parametrize("shares_var", [True, False])
def test_of_two_starts_on_an_empty_database_the_second_waits(tmp_path, new_database, shares_var):
    folders = [tmp_path / "one", tmp_path / "two"]
    for folder in folders:
        folder.mkdir()
    with new_database(catalog=None) as own:
        database = {"DATABASE_URL": f"sqlite:///{folders[0]}/catalog.sqlite3", **own}
        given = {"CATALOG_VAR": folders[0]} if shares_var else {}
        sites = [
            live.spawn(folder, MCP="off", **{"CATALOG_VAR": folder, **given, **database})
            for folder in folders
        ]
        try:
            for (process, url), folder in zip(sites, folders, strict=True):
                live.wait(process, url, folder)
            assert [live.stop(process) for process, _ in sites] == [0, 0]
        finally:
            for process, _ in sites:
                process.kill()
                process.wait()
    outputs = [(folder / "output.txt").read_text() for folder in folders]
    assert not [output for output in outputs if "Traceback" in output]
    assert sorted("Another start prepares this site" in output for output in outputs) == [False, True]
    assert sorted("The catalog holds" in output for output in outputs) == [False, True]


@pytest.mark.parametrize("command", ["serve", "migrate", "check_catalog"])
def test_a_database_that_does_not_answer_is_one_line(tmp_path, command):
    url = f"postgres://catalog:hunter2@127.0.0.1:{live.free_port()}/catalog"
    ended = live.manage(command, DATABASE_URL=url, CATALOG_VAR=tmp_path, PORT=live.free_port())
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "DATABASE_URL" in line
    assert "refused" in line
    assert "hunter2" not in line
    if command == "migrate":
        assert (
            "Traceback" in live.manage(command, "--traceback", DATABASE_URL=url, CATALOG_VAR=tmp_path).stderr
        )


@pytest.mark.parametrize(
    ("path", "reason"), [("nowhere/catalog.sqlite3", "There is no folder"), ("", "directory")]
)
def test_a_database_in_a_wrong_folder_is_one_line(tmp_path, path, reason):
    url = f"sqlite:///{tmp_path}/{path}"
    ended = live.manage("migrate", DATABASE_URL=url, CATALOG_VAR=tmp_path)
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert reason in line
    assert "DATABASE_URL" in line


def test_a_file_that_is_no_database_is_left_as_it_is(tmp_path):
    path = tmp_path / "notes.txt"
    path.write_text("Notes.")
    path.chmod(0o644)
    ended = live.manage("check", DATABASE_URL=f"sqlite:///{path}", CATALOG_VAR=tmp_path)
    assert ended.returncode == 1
    assert ended.stderr == f"{path} is not a database of SQLite: give another with DATABASE_URL.\n"
    assert (mode(path), path.read_text()) == (0o644, "Notes.")


def test_only_its_owner_reads_a_database(tmp_path):
    url = f"sqlite:///{tmp_path}/catalog.sqlite3"
    with live.running(tmp_path, DATABASE_URL=url, is_collected=False, MCP="off"):
        files = {
            path.name: mode(path)
            for path in tmp_path.glob("*")
            if path.name.startswith(("catalog.", "secret"))
        }
        static = [path for path in (tmp_path / "static").rglob("*") if path.is_file()]
        assert all(mode(path) & stat.S_IROTH for path in static), "a web server may serve these"
    assert {"catalog.sqlite3", "catalog.sqlite3-wal", "catalog.sqlite3-shm", "secret_key"} <= files.keys()
    secret = {name: oct(mode) for name, mode in files.items() if not name.endswith(".lock")}
    assert set(secret.values()) == {"0o600"}, secret


@pytest.mark.parametrize(
    ("before", "after"), [(0o644, 0o600), (0o664, 0o600), (0o660, 0o660), (0o640, 0o640)]
)
def test_a_database_that_everyone_reads_is_closed_and_one_of_a_group_is_left(tmp_path, before, after):
    database, log = tmp_path / "catalog.sqlite3", tmp_path / "catalog.sqlite3-wal"
    for path in (database, log):
        path.touch()
        path.chmod(before)
    assert live.manage("check", CATALOG_VAR=tmp_path).returncode == 0
    assert [mode(database), mode(log)] == [after, after]


LEAN = """
def probe():
    import sys
    from django.core.checks import run_checks
    from django.core.management import get_commands, load_command_class

    ours = {name: app for name, app in get_commands().items() if app in ("catalog", "config", "mcp_server")}
    ours.pop("serve")  # it reads the documentation before it serves it
    for name, app in ours.items():
        checks = load_command_class(app, name).requires_system_checks
        assert set(checks) <= {"database"}, (name, checks)
    print(len(ours))
    print([name for name in ("catalog.admin", "config.urls", "docs.library", "ninja") if name in sys.modules])

    from catalog.admin.providers import ProviderAdmin
    ProviderAdmin.list_display = ["no_such_column"]
    print([error.id for error in run_checks(tags=["admin"])])

probe()
"""


def test_our_commands_import_no_pages_and_checks_find_a_fault_of_the_admin_once(tmp_path):
    ended = live.manage("shell", "--no-imports", "-c", LEAN, CATALOG_VAR=tmp_path)
    assert ended.stderr == ""
    count, imported, errors = ended.stdout.splitlines()
    assert int(count) > 10
    assert imported == "[]"
    assert errors == "['admin.E108']"


def test_a_broken_page_of_the_documentation_ends_a_start_with_one_line(tmp_path):
    scratch = Scratch(tmp_path)
    scratch.replace("site/docs/content/quickstart.md", "title: Quickstart\n", "")
    command = [sys.executable, "manage.py", "serve"]
    given = live.environment(CATALOG_VAR=scratch.var, PYTHONDONTWRITEBYTECODE="1")
    ended = subprocess.run(
        command, cwd=scratch.root, env=given, capture_output=True, text=True, timeout=60, check=False
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.strip().splitlines()
    assert "quickstart.md" in line
    assert "title" in line
