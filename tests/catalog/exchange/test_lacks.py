"""`lacks` in catalog files: read, written, refused beside a yes, and left alone where it is absent."""

import pytest

from catalog.exchange.dump import dump
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.exchange.write_toml import render
from catalog.models import Document, Variant
from catalog.records.record import capability_values, read_record
from catalog_files import SMALL, write

pytestmark = pytest.mark.django_db

STATED = 'capabilities = ["streaming"]\n'
BOTH = 'capabilities = ["streaming", "vision"]\nlacks = ["vision"]\n'
SOURCE = '  { fields = ["context_window"], url = "https://labs.example/models", label = "Model list" },\n'
TWO_SOURCES = """  { fields = ["capabilities"], label = "Model list" },
  { fields = ["lacks"], label = "Other list" },
"""


def load(folder, stated, sources=SOURCE):
    return load_files([write(folder, SMALL.replace(STATED, stated).replace(SOURCE, sources))])


def values():
    return capability_values(read_record(Document.objects.get(variant__model_id="beacon-2").body))


def test_a_no_is_on_record_and_a_file_that_lacks_it_leaves_it(tmp_path):
    load(tmp_path, f'{STATED}lacks = ["vision", "tool_call"]\n')
    assert values() == {"streaming": True, "vision": False, "tool_call": False}
    assert load(tmp_path, STATED).revision is None
    assert Variant.objects.get(model_id="beacon-2").lacks == ["vision", "tool_call"]


def test_an_unknown_word_is_refused(tmp_path):
    with pytest.raises(CatalogFileError, match="'telepathy' is not known"):
        load(tmp_path, f'{STATED}lacks = ["telepathy"]\n')


def test_a_word_in_both_lists_is_refused(tmp_path):
    with pytest.raises(
        CatalogFileError, match="beacon-2: vision stands in capabilities and in lacks"
    ) as refusal:
        load(tmp_path, BOTH)
    assert refusal.value.place.line
    with pytest.raises(CatalogFileError, match="name a source of each"):
        load(tmp_path, BOTH, '  { fields = ["capabilities", "lacks"], label = "Model list" },\n')


def test_a_source_that_says_yes_and_no_may_be_contradicted_by_another(tmp_path):
    one = '  { fields = ["capabilities", "lacks"], label = "Model list" },\n'
    load(tmp_path, BOTH, f'{one}  {{ fields = ["capabilities"], label = "Gateway" }},\n')
    assert values() == {"streaming": True}


def test_two_sources_may_contradict_each_other_and_are_written_as_they_are(tmp_path):
    load(tmp_path, BOTH, TWO_SOURCES)
    assert values() == {"streaming": True}
    written = next(text for text in render(dump()).values() if "Example Labs" in text)
    assert 'lacks = ["vision"]' in written
    file = tmp_path / "again.toml"
    file.write_text(written)
    assert load_files([file]).revision is None
