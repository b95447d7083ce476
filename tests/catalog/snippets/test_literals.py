"""A printed literal means exactly the value it was printed from."""

import ast
import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile
import needs
from catalog.snippets import LANGUAGES, describe
from catalog.snippets.literals import JAVASCRIPT, PHP, PYTHON, RUBY, WIDTH, go_text, layout
from snippet_records import HOSTILE, SITE, made_records, small_records

SCALARS = (
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text()
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4)
)


@given(VALUES)
def test_a_python_literal_reads_back_as_the_same_value(value: object) -> None:
    text = layout(value, PYTHON)
    assert ast.literal_eval(text) == value
    assert text.isascii()


def test_hostile_strings_read_back_in_python() -> None:
    for value in [
        *HOSTILE,
        *hostile.entries("model_ids"),
        *hostile.entries("prompts"),
        "\x00",
        "\ud800",
        "\x7f\x85",
    ]:
        assert ast.literal_eval(layout(value, PYTHON)) == value


@given(st.text())
def test_a_javascript_string_is_json_and_cannot_end_a_script_element(value: str) -> None:
    text = layout(value, JAVASCRIPT)
    assert json.loads(text) == value
    assert text.isascii()
    assert not set(text) & set("<>&\n\r")


def test_javascript_keys_are_bare_where_they_are_names_and_never_the_prototype() -> None:
    assert (
        layout({"a_1": 1, "b-2": 2, "__proto__": 3}, JAVASCRIPT) == '{ a_1: 1, "b-2": 2, ["__proto__"]: 3 }'
    )


def test_long_values_are_laid_out_over_lines_with_trailing_commas() -> None:
    value = {"model": "m", "messages": [{"role": "user", "content": "word " * 8}, []]}
    assert layout(value, PYTHON) == (
        '{\n    "model": "m",\n    "messages": [\n        {"role": "user", "content": "'
        + "word " * 8
        + '"},\n        [],\n    ],\n}'
    )


@given(st.lists(st.text(alphabet="abc", max_size=20), max_size=12))
def test_no_line_that_could_be_broken_is_too_long(values: list[str]) -> None:
    assert all(len(line) <= WIDTH for line in layout({"values": values}, PYTHON).splitlines())


STRANGE = [
    *HOSTILE,
    *hostile.entries("model_ids"),
    *hostile.entries("prompts"),
    "\x00",
    "\x7f\x85",
    "#{1} #@a #$a #",
    "<?php ?>",
    "a`b",
    "$x {$x} ${x}",
    "__END__\n=begin",
]
NESTED = [
    None,
    [True, False, 0, -1, 0.5, 1e-7, 10**15],
    {"0": "a list, were its keys numbers", "1": []},
    {"empty": {}, "a-b": {"__proto__": [], "Nil": None, "if": 1, "": 2, "#{1}": 3, "é": 4}},
]


def said(command: list[str], code: str) -> object:
    """What a program prints for a code, as JSON."""
    ended = subprocess.run(command, input=code.encode(), capture_output=True, check=True, timeout=60)
    return json.loads(ended.stdout)


@pytest.mark.programs
def test_ruby_reads_back_the_same_values() -> None:
    values = [*STRANGE, *NESTED]
    text = layout(values, RUBY)
    assert text.isascii()
    assert said([needs.program("ruby", "ruby"), "-"], f'require "json"\nputs {text}.to_json\n') == values


@pytest.mark.programs
def test_php_reads_back_the_same_values() -> None:
    values = [*STRANGE, *NESTED]
    text = layout(values, PHP)
    assert text.isascii()
    assert said([needs.program("php", "php-cli")], f"<?php echo json_encode({text});") == values


def test_half_a_surrogate_pair_is_written_as_its_bytes() -> None:
    assert go_text("\ud800") == '"\\xed\\xa0\\x80"'


@pytest.mark.programs
def test_go_is_written_as_its_formatter_writes_it(tmp_path: Path) -> None:
    formatter = needs.program("gofmt", "golang-go")
    requests = [each for record in [*made_records(), *small_records()] for each in describe(record)]
    codes = {LANGUAGES["go"](request, SITE).code for request in requests}
    assert len(codes) > 150
    for number, code in enumerate(codes):
        (tmp_path / f"{number}.go").write_text(f"{code}\n")
    found = subprocess.run(
        [formatter, "-l", tmp_path], capture_output=True, text=True, check=True, timeout=60
    )
    assert found.stdout == ""
