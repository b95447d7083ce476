"""The command that imports another catalog: what it prints, and that a wrong one changes nothing."""

import json

import pytest
from django.core.management import CommandError, call_command

from catalog.exchange.registry import READABLE
from catalog.models import ChangeEvent, Price, Revision, SourceClaim, Variant
from catalog_files import write
from other_catalogs import PIECES

pytestmark = pytest.mark.django_db


def counts():
    return [kind.objects.count() for kind in (Revision, Variant, Price, SourceClaim, ChangeEvent)]


@pytest.mark.parametrize("name", READABLE)
def test_a_dry_run_writes_nothing_and_counts_what_it_would(name, capsys):
    before = counts()
    path = str(PIECES / f"{name}.json")
    call_command("import_catalog", path, "--from", name, "--dry-run", "--json")
    said = json.loads(capsys.readouterr().out)
    assert said["new"] > 0
    assert said["rows"] >= len(said["refused"])
    assert all(one["place"] == f"{name}.json" and one["reason"] for one in said["refused"])
    assert counts() == before
    call_command("import_catalog", path, "--from", name)
    assert "Imported as revision" in capsys.readouterr().out
    call_command("import_catalog", path, "--from", name)
    assert "Nothing to do." in capsys.readouterr().out


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["--as", "evidence"], "go with --from"),
        (["--provider", "x"], "go with --from"),
        (["--from", "litellm", "--as", "evidence", "--force"], "evidence overwrites nothing"),
        (["--from", "genai-prices"], "it is no list of providers"),
        (["--from", "openrouter"], "it has no list 'data'"),
    ],
)
def test_a_wrong_command_says_what_is_wrong_and_changes_nothing(words, message):
    before = counts()
    with pytest.raises(CommandError, match=message):
        call_command("import_catalog", str(PIECES / "litellm.json"), *words)
    assert counts() == before


@pytest.mark.parametrize("words", [[], ["--from", "toml"], ["--from", "catalog"]])
def test_our_own_format_goes_by_the_name_that_exports_give_it(words, tmp_path, capsys):
    folder = tmp_path / "catalog"
    call_command("export_catalog", str(folder), "--to", "toml")
    capsys.readouterr()
    single = write(tmp_path)
    call_command("import_catalog", str(folder), str(single), *words, "--dry-run", "--json")
    said = json.loads(capsys.readouterr().out)
    assert (said["new"], said["change"], said["conflict"]) == (4, 0, 0)
