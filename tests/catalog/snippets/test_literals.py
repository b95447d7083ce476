"""A printed literal means exactly the value it was printed from."""

import ast
import json

from hypothesis import given
from hypothesis import strategies as st

import hostile
from catalog.snippets.literals import JAVASCRIPT, PYTHON, WIDTH, layout
from snippet_records import HOSTILE

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
