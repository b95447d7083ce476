"""The commands of the documentation that change nothing run, and say of the bundled catalog what it shows."""

import shlex
from contextlib import suppress

import pytest
from django.conf import settings
from django.core.management import call_command

import docs_source

ROOT = settings.REPOSITORY


@pytest.mark.django_db
def test_the_commands_that_change_nothing_run(tmp_path, capsys, monkeypatch):
    monkeypatch.chdir(ROOT)
    ran = []
    for slug, name, rest in docs_source.commands():
        words = shlex.split(rest, comments=True)
        if slug == "catalog-files" and "--dry-run" in words and not words[0].startswith("example"):
            call_command(name, *words)
            assert "Plan: 0 new" in capsys.readouterr().out
            ran.append(name)
        elif name == "quote":
            call_command(name, *words)
            assert "Total $0.02" in capsys.readouterr().out
            ran.append(name)
    assert set(ran) == {"import_catalog", "load_catalog", "quote"}
    with suppress(SystemExit):
        call_command("check_catalog", "--help")
    assert "--at" in capsys.readouterr().out
    call_command("export_catalog", str(tmp_path / "out"))
    written = sorted((tmp_path / "out").glob("*.toml"))
    assert [path.name for path in written] == sorted(
        path.name for path in (ROOT / "catalog/data").glob("*.toml")
    )
    call_command("import_catalog", *map(str, written), "--dry-run")
    assert "Plan: 0 new, 0 changed" in capsys.readouterr().out
