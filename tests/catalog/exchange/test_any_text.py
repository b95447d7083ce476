"""Any text that a file may state is written by an export and read back as it was; any other is refused."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from catalog.exchange import catalog_file
from catalog.exchange.document import CatalogDocument
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.write_toml import render
from catalog.text.clean_markdown import clean
from catalog.text.identifiers import unwanted
from catalog_files import SMALL

EDGES = st.sampled_from(
    [
        '"""',
        "'''",
        "\\",
        "\\\n",
        "\n",
        "\t",
        '"',
        "#",
        "]",
        "\ufeff",
        "\u200b",
        "\u00a0",
        "\U0001f600",
        "é",
        "=",
        "{",
    ]
)
NOT_KEPT = [
    "\0",
    "\x01",
    "\x1b",
    "\x7f",
    "\x85",
    "\u2028",
    "\u2029",
    "\u202e",
    "\u2066",
    "\u200f",
    "\u061c",
    "\ud800",
]
TEXTS = st.lists(EDGES | st.characters(codec="utf-8"), min_size=1, max_size=12).map("".join)
LINES = TEXTS.filter(lambda text: text.strip() and not unwanted(text, lines=True))
LINE = TEXTS.filter(lambda text: text.strip() and not unwanted(text))
MARKDOWN = LINES.map(clean).filter(str.strip)
JSON = st.recursive(
    LINES | st.booleans() | st.integers(-9, 9),
    lambda inner: st.lists(inner, min_size=1, max_size=2),
    max_leaves=3,
)


def document():
    return catalog_file.parse(SMALL.encode(), "a.toml")


def again(found):
    texts = render(found)
    return CatalogDocument.joined(
        catalog_file.parse(text.encode(), f"{name}.toml") for name, text in texts.items()
    )


def stated(found):
    """All that a document says, but for where it stands in its file."""
    return [
        *((row.slug, row.fields) for row in (*found.providers, *found.families)),
        *((row.model_id, row.fields, row.groups) for row in found.models),
        *((price.note, price.source_label) for row in found.models for price in row.prices),
    ]


PLACES = {
    "provider name": (LINE, lambda found, text: found.providers[0].fields.update(name=text)),
    "provider source": (LINE, lambda found, text: found.providers[0].fields.update(source_label=text)),
    "family name": (LINE, lambda found, text: found.families[0].fields.update(name=text)),
    "family overview": (MARKDOWN, lambda found, text: found.families[0].fields.update(overview=text)),
    "family claim": (LINE, lambda found, text: found.families[0].fields.update(price_claim=text)),
    "model name": (LINE, lambda found, text: found.models[0].fields.update(name=text)),
    "model overview": (MARKDOWN, lambda found, text: found.models[0].fields.update(overview=text)),
    "action": (LINE, lambda found, text: found.models[0].fields.update(actions=[text])),
    "use case": (
        st.tuples(LINE, MARKDOWN),
        lambda found, pair: found.models[0].groups.update(use_cases=[{"title": pair[0], "body": pair[1]}]),
    ),
    "faq": (
        st.tuples(LINE, MARKDOWN),
        lambda found, pair: found.models[0].groups.update(faqs=[{"question": pair[0], "answer": pair[1]}]),
    ),
    "source": (LINE, lambda found, text: found.models[0].groups["sources"][0].update(label=text)),
    "parameter": (
        st.tuples(LINE, LINES),
        lambda found, pair: found.models[0].groups["parameters"][0].update(
            name=pair[0], pattern=pair[0], description=pair[1]
        ),
    ),
    "parameter's values": (
        JSON,
        lambda found, value: found.models[0].groups["parameters"][0].update(enum=[value], default=value),
    ),
    "rule": (
        st.tuples(LINE, JSON),
        lambda found, pair: found.models[0].groups.update(
            rules=[
                {
                    "action": pair[0],
                    "when": {pair[0]: pair[1], "blank": ""},
                    "required": [pair[0]],
                    "forbidden": [],
                }
            ]
        ),
    ),
}  # fmt: skip


@pytest.mark.slow
@pytest.mark.parametrize("place", PLACES)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_text_is_written_and_read_back_as_it_was(place, data):
    texts, put = PLACES[place]
    found = document()
    put(found, data.draw(texts))
    read = again(found)
    assert stated(read) == stated(found)
    assert render(read) == render(found)


@pytest.mark.parametrize("text", ['"""', "a\\\nb", "\nbegins with a line", "a\tb", "ends\\", "a\u00a0b"])
def test_the_edges_of_toml_are_read_back(text):
    found = document()
    found.families[0].fields["overview"] = text
    assert again(found).families[0].fields["overview"] == text


@pytest.mark.parametrize("end", ["\r\n", "\r"])
def test_line_ends_of_windows_are_those_of_files_once_they_are_read(end):
    found = document()
    found.families[0].fields["overview"] = f"One{end}{end}Two"
    (text,) = render(found).values()
    assert "\r" not in text
    assert again(found).families[0].fields["overview"] == "One\n\nTwo"


@pytest.mark.parametrize("letter", NOT_KEPT, ids=ascii)
@pytest.mark.parametrize("name", ["overview", "name"])
def test_what_no_text_may_hold_is_refused_with_its_place_and_position(letter, name):
    found = document()
    found.families[0].fields[name] = f"ab{letter}c"
    (text,) = render(found).values()
    with pytest.raises(
        CatalogFileError,
        match=rf"family\[1\].{name}: .*U\+{ord(letter):04X} at position 3|is not UTF-8",
    ):
        catalog_file.parse(text.encode("utf-8", "surrogatepass"), "a.toml")
