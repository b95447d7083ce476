"""Words, typing errors and marks: what search makes of a text before any database is asked."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import hostile
from catalog.search.typos import asked_forms, distance, forms, nearest
from catalog.search.words import edges, highlight, query_words, words


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Claude-Sonnet_4.5", ["claude", "sonnet", "4", "5"]),
        ("GPT4o", ["gpt", "4", "o"]),
        ("Modèle  ÉTÉ", ["modele", "ete"]),
        ("ﬁne", ["fine"]),
        ("模型2", ["u06a21u0578b", "2"]),
        ('"NEAR(" * -', ["near"]),
        ("\0\u202e", []),
    ],
)
def test_a_text_is_split_into_plain_words(text, said):
    assert words(text) == said


@given(st.text())
def test_words_are_ascii_letters_or_digits_whatever_is_typed(text):
    for word in words(text):
        assert word.isascii()
        assert word.isalnum()
        assert word == word.lower()
        assert word in edges(word) or len(word) > 24


@pytest.mark.parametrize("text", hostile.entries("model_ids") + hostile.entries("api_query"))
def test_hostile_text_is_a_few_words_at_most(text):
    assert len(query_words(text)) <= 8


@given(st.text(), st.lists(st.text(alphabet="abc19é", min_size=1, max_size=3), max_size=3))
def test_marking_changes_no_letter(text, asked):
    assert "".join(piece for piece, _ in highlight(text, asked)) == text


def test_the_beginnings_that_were_asked_for_are_marked():
    assert highlight("Claude Sonnet 4.5", ["son", "4"]) == [
        ("Claude ", False),
        ("Son", True),
        ("net ", False),
        ("4", True),
        (".5", False),
    ]
    assert highlight("<b>Été</b>", ["ete"]) == [("<b>", False), ("Été", True), ("</b>", False)]


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("geminni", "gemini"),
        ("gemni", "gemini"),
        ("cluade", "claude"),
        ("sonet", "sonnet"),
        ("antropic", "anthropic"),
        ("anthorpic", "anthropic"),
        ("anthrpoc", "anthropic"),
        ("antrop", "anthropic"),
        ("gtp", "gpt"),
        ("qwn", "qwen"),
        ("claudes", "claude"),
    ],
)
def test_a_typing_error_leads_to_the_word_by_a_form_they_share(typed, meant):
    assert asked_forms(typed) & forms(meant)
    assert nearest(typed, [meant, "zebra"]) == meant


@pytest.mark.parametrize(
    ("typed", "other"), [("sora", "sorting"), ("veo", "neon"), ("opus", "corpus"), ("abc", "xyz")]
)
def test_another_word_is_no_typing_error(typed, other):
    assert nearest(typed, [other]) is None


@given(st.text("abcd", max_size=6), st.text("abcd", max_size=6))
def test_distance_is_the_same_both_ways_and_zero_for_the_same_word(first, second):
    assert distance(first, second) == distance(second, first)
    assert (distance(first, second) == 0) == (first == second)
    assert distance(first, second) <= max(len(first), len(second))
