"""A load that makes known values unknown names each, and asks before it goes on."""

import json

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

from catalog.exchange import catalog_file
from catalog.exchange.plan import plan
from catalog.management import loading
from catalog.models import Variant

pytestmark = pytest.mark.django_db

FILE = """
[provider]
slug = "acme"
name = "Acme"

[[family]]
slug = "elm"
name = "Elm"

[[family.model]]
model_id = "elm-1"
slug = "1"
aliases = ["elm-latest", "elm"]
input_modalities = ["text", "image"]
context_window = 1000
released_on = 2026-01-02

[[family.model.sources]]
fields = ["context_window", "released_on"]
url = "https://acme.example/models"
label = "Acme: models"
"""
LOSSES = [
    ('input_modalities = ["text", "image"]', 'input_modalities = ["text"]', "input_modalities: loses image"),
    ('= ["text", "image"]', "= []", "input_modalities: text, image becomes unknown"),
    ('aliases = ["elm-latest", "elm"]', 'aliases = ["elm"]', "aliases: loses elm-latest"),
    (
        'fields = ["context_window", "released_on"]',
        'fields = ["released_on"]',
        "sources: loses context_window",
    ),
]


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "acme.toml"
    path.write_text(FILE)
    call_command("import_catalog", path)
    return path


@pytest.mark.parametrize(("before", "after", "reason"), LOSSES)
def test_each_loss_is_named_and_stops_a_load_that_nobody_watches(path, capsys, before, after, reason):
    path.write_text(FILE.replace(before, after))
    capsys.readouterr()
    with pytest.raises(CommandError, match="1 known value would be lost"):
        call_command("import_catalog", path)
    assert f"  - elm-1: {reason} [acme.toml:" in capsys.readouterr().out
    path.write_text(FILE)
    call_command("import_catalog", path)
    assert "Nothing to do." in capsys.readouterr().out


def test_losses_are_accepted_by_an_option(path, capsys):
    path.write_text(FILE.replace('aliases = ["elm-latest", "elm"]', "aliases = []"))
    call_command("import_catalog", path, "--accept-losses")
    assert "aliases: loses elm-latest" in capsys.readouterr().out
    assert not Variant.objects.get(model_id="elm-1").aliases.exists()


@pytest.mark.parametrize(("answer", "count"), [("y", 1), ("", 2), ("no", 2)])
def test_on_a_terminal_losses_are_asked_about(path, monkeypatch, answer, count):
    path.write_text(FILE.replace('aliases = ["elm-latest", "elm"]', 'aliases = ["elm"]'))
    monkeypatch.setattr(loading.sys.stdin, "isatty", lambda: True, raising=False)
    monkeypatch.setattr("builtins.input", lambda _question: answer)
    if count == 1:
        call_command("import_catalog", path)
    else:
        with pytest.raises(CommandError, match="Nothing was changed"):
            call_command("import_catalog", path)
    assert Variant.objects.get(model_id="elm-1").aliases.count() == count


def test_programs_read_losses_and_questions(path, capsys):
    path.write_text(FILE.replace("context_window = 1000", "context_window = 1000\nmax_output_tokens = 2000"))
    capsys.readouterr()
    call_command("import_catalog", path, "--dry-run", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["losses"] == []
    (question,) = report["warnings"]
    assert question["said"] == "max_output_tokens: 2000 is above the context window 1000"


def test_the_source_of_a_value_goes_with_it(path):
    path.write_text(FILE.replace("1000", "2000").replace('"context_window", ', ""))
    load_plan = plan(catalog_file.read([path]))
    assert load_plan.count("change") == 2
    assert load_plan.losses == []


def test_a_day_that_becomes_one_of_another_platform_is_not_lost(path):
    retiring = FILE.replace("released_on = 2026-01-02", "retires_on = 2027-01-02")
    path.write_text(retiring)
    call_command("import_catalog", path, "--accept-losses")
    row = 'platform = "vertex", retires_on = 2027-01-02, firmness = "committed", source_label = "V"'
    path.write_text(retiring.replace("retires_on = 2027-01-02", f"end_of_life = [{{ {row} }}]"))
    assert plan(catalog_file.read([path])).losses == []
    path.write_text(path.read_text().replace("2027-01-02", "2027-01-03"))
    (lost,) = plan(catalog_file.read([path])).losses
    assert lost.said == "retires_on: 2027-01-02 becomes unknown"


def test_a_question_that_many_models_raise_is_asked_once(path):
    head, model = FILE.split("[[family.model]]")
    model = model.replace("context_window = 1000", "max_output_tokens = 2000\ncontext_window = 1000")
    copies = (
        model.replace("elm", f"oak-{number}").replace('slug = "1"', f'slug = "{number + 2}"')
        for number in range(4)
    )
    path.write_text("[[family.model]]".join((head, *copies)))
    text = "max_output_tokens: 2000 is above the context window 1000"
    rows = [(line.subject, line.said) for line in plan(catalog_file.read([path])).warnings]
    assert rows == [("oak-0-1 and 3 more", text)]


def test_what_only_grows_or_changes_is_no_loss(path):
    grown = (
        FILE.replace("1000", "2000")
        .replace('"elm"]', '"elm", "elm-new"]')
        .replace("2026-01-02", "2026-01-03")
    )
    path.write_text(grown)
    load_plan = plan(catalog_file.read([path]))
    assert load_plan.count("change") == 3
    assert load_plan.losses == []


def test_a_model_that_the_whole_catalog_no_longer_names_is_named(path, capsys):
    path.write_text(
        FILE.replace("elm-1", "elm-2")
        .replace('slug = "1"', 'slug = "2"')
        .replace('aliases = ["elm-latest", "elm"]', "")
    )
    options = {"force": False, "json": False, "dry_run": True, "accept_losses": False}
    loading.load([path], _Out(), options, "Whole", is_whole=True)
    assert "  - elm-1: is in no file any more; it stays as it is [catalog:1]" in capsys.readouterr().out
    with pytest.raises(CommandError, match="would be lost"):
        loading.load([path], _Out(), {**options, "dry_run": False}, "Whole", is_whole=True)
    assert not Variant.objects.filter(model_id="elm-2").exists()


class _Out:
    """Prints as a command does."""

    def write(self, text):
        print(text)  # noqa: T201
