"""What was imported from other catalogs and is written in our own files comes back as it was."""

import json
from datetime import timedelta

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.dump import dump
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.exchange.load import apply, load_files
from catalog.exchange.plan import plan
from catalog.exchange.registry import READABLE
from catalog.exchange.write_toml import render
from catalog.models import Variant
from catalog_files import SMALL, write
from exported import records, written
from other_catalogs import AT, piece, read

pytestmark = pytest.mark.django_db


def imported(name, content=None):
    """Import a piece of another catalog."""
    found = prepare(ImportScope(name, "models"), content or piece(name), f"{name}.json", AT)
    carry_out(found, reason="Test")
    return found


def files():
    """What our own files say of everything on record."""
    return render(dump())


def again(texts):
    """Plan the load of files."""
    documents = [catalog_file.parse(text.encode(), f"{name}.toml") for name, text in texts.items()]
    return plan(catalog_file.CatalogDocument.joined(documents))


@pytest.mark.slow
@pytest.mark.parametrize("name", READABLE)
def test_files_written_after_an_import_have_nothing_new_to_say(name):
    assert imported(name).models
    found = again(files())
    assert found.lines == []
    assert found.is_empty


def test_files_written_after_all_imports_have_nothing_new_to_say():
    for name in READABLE:
        imported(name)
    texts = files()
    found = again(texts)
    assert found.lines == []
    assert files() == texts


MAP = {f"m{at}": {"litellm_provider": "p", "input_cost_per_token": 1e-06} for at in range(4)}


def order():
    """The models of the family, as they stand in it."""
    rows = Variant.objects.filter(family__slug="p.models").order_by("position", "pk")
    return [row.model_id for row in rows]


@pytest.mark.slow
def test_another_order_in_a_file_is_the_order_on_record_from_then_on():
    imported("litellm", json.dumps(MAP).encode())
    assert order() == ["p/m0", "p/m1", "p/m2", "p/m3"]
    head, *models = files()["p"].split("\n[[family.model]]\n")
    moved = "\n[[family.model]]\n".join([head, *reversed(models)])
    found = again({"p": moved})
    assert {line.said.partition(":")[0] for line in found.lines} == {"position"}
    apply(found, reason="Test")
    assert order() == ["p/m3", "p/m2", "p/m1", "p/m0"]
    assert again({"p": moved}).lines == []
    assert again(files()).lines == []


def test_a_model_put_between_others_stands_there():
    imported("litellm", json.dumps(MAP).encode())
    head, first, *models = files()["p"].split("\n[[family.model]]\n")
    text = "\n[[family.model]]\n".join([head, first, 'model_id = "p/new"\nslug = "new"\n', *models])
    apply(again({"p": text}), reason="Test")
    assert order() == ["p/m0", "p/new", "p/m1", "p/m2", "p/m3"]


def test_a_file_of_some_models_of_a_family_moves_none(tmp_path):
    load_files([write(tmp_path)])
    kept = (
        SMALL[: SMALL.index("[[family.model]]")]
        + SMALL[SMALL.index('[[family.model]]\nmodel_id = "beacon-1"') :]
    )
    text = kept.replace('replacement = "beacon-2"\n', "")
    assert load_files([write(tmp_path, text)]).plan.lines == []


def test_the_day_on_which_a_model_ends_is_the_same_in_litellms_map_and_back():
    content, _report = written("litellm")
    found = read("litellm", content).document.models
    ends = {entry.model_id.partition("/")[2]: entry.fields.get("retires_on") for entry in found}
    ours = {model_id: row["retires_on"] for model_id, row in records().items() if model_id in ends}
    assert {model_id: day and day.isoformat() for model_id, day in ends.items()} == ours
    assert any(ours.values())
    assert not any("deprecated_on" in entry.fields for entry in found)


def test_what_is_imported_later_is_written_too():
    imported("openrouter")
    later = prepare(
        ImportScope("openrouter", "models"), piece("openrouter"), "o.json", AT + timedelta(days=1)
    )
    carry_out(later, reason="Test")
    assert again(files()).lines == []
