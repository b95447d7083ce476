"""Files nested deeper than any catalog are refused before they fill the memory, with file and line."""

import time
import tracemalloc
from contextlib import contextmanager

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.line_numbers import DEEPEST
from catalog.exchange.registry import FORMATS
from catalog.exchange.toml_text import check_depth, read_toml
from databases import FILES, SMALL
from other_catalogs import AT

MANY = 100_000
KEY = ".".join(["a"] * MANY)
DEEP = {
    "a dotted key": f"{KEY} = 1",
    "a dotted key with spaces and quotes": " . ".join(['"a"', "'a'"] * MANY) + " = 1",
    "a header": f"[{KEY}]",
    "a header of a list": f"[[{KEY}]]",
    "a key within an inline table": f"x = {{ {KEY} = 1 }}",
    "a key after a text that ends in four quotes": f'x = {{ b = """text"""", {KEY} = 1 }}',
    "a key after a text with an escaped quote": f'x = {{ b = "\\"", {KEY} = 1 }}',
    "lists": "x = " + "[" * MANY + "]" * MANY,
    "inline tables": "x = " + "{a=" * MANY + "1" + "}" * MANY,
    "inline tables of dotted keys": "x = " + "{a.a.a=" * 20 + "1" + "}" * 20,
}


@contextmanager
def within_bounds():
    """Fail where a block takes long or much memory."""
    tracemalloc.start()
    began = time.process_time()
    yield
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 50_000_000, f"{most:,} bytes"
    assert time.process_time() - began < 10


@pytest.mark.parametrize("text", [pytest.param(text, id=what) for what, text in DEEP.items()])
def test_deep_toml_is_refused_early_in_a_file_of_ours_and_in_a_tree(text):
    content = f"# first\n\n{text}\n".encode()
    with within_bounds(), pytest.raises(CatalogFileError, match="nested too deeply") as caught:
        catalog_file.parse(content, "a.toml")
    assert str(caught.value.place) == "a.toml:3"
    path = "providers/p/provider.toml"
    with within_bounds(), pytest.raises(CatalogFileError, match="nested too deeply") as caught:
        FORMATS["models-dev"].read({path: content}, "tree.zip", AT)
    assert str(caught.value.place) == f"{path}:3"


def test_deep_json_is_refused_before_the_path_of_each_value_is_kept():
    text = "[" * 500 + "[]," * 20_000 + "[]" + "]" * 500
    with within_bounds(), pytest.raises(CatalogFileError, match="nested too deeply"):
        catalog_file.parse(b'{"a": %s}' % text.encode(), "a.json")


def test_dots_and_brackets_of_texts_comments_and_numbers_are_not_counted():
    dots = "." * 1_000 + "[" * 1_000
    quotes = '""' + '\\"""'
    text = f'''
# {dots}
a = "{dots}"
b = '{dots}'
c = """{dots}
{quotes} {dots}"""
d = \'\'\'{dots}
{dots}\'\'\'
e = [{", ".join(["1.5"] * 1_000)}]
f = {{ a = "{dots}", b.c = 1.5 }}
"{dots}" = 1
''' + "".join(f"[g{at}.h.i]\n" for at in range(1_000))
    assert read_toml(text, "a.toml")["f"]["b"] == {"c": read_toml("a = 1.5", "a.toml")["a"]}


def test_the_deepest_that_is_read_is_read():
    deepest = ".".join(["a"] * DEEPEST)
    check_depth(f"{deepest} = 1", "a.toml")
    with pytest.raises(CatalogFileError):
        check_depth(f"{deepest}.a.a = 1", "a.toml")


def test_our_own_files_are_looked_over_quickly():
    texts = [path.read_text() for path in sorted(FILES[SMALL].glob("*.toml"))]
    began = time.process_time()
    for text in texts:
        check_depth(text, "a.toml")
    assert time.process_time() - began < 5
