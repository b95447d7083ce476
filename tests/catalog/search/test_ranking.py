"""What a query finds first on the tests' catalog, alike on SQLite and on PostgreSQL."""

from datetime import date

import pytest

from catalog.exchange import synthetic
from catalog.models import Variant
from catalog.search.finding import FEW, find
from catalog.search.hits import NARROW, WIDE
from search_hits import TODAY, misplaced, unfound
from small import (
    BIGGEST,
    CAPITALS,
    IMAGE_FLAT,
    NEWEST,
    OTHER_LINE,
    OTHER_MAKER,
    TIERED,
    TIERED_SMALL,
    TOKENS,
    TOKENS_ALIAS,
    TRANSCRIPTION,
    VIDEO_PER_CALL_FAST,
)

pytestmark = pytest.mark.django_db
FIRST = {
    # exact IDs, whatever the case
    TOKENS: ("model", TOKENS),
    "LINDEN-BALLAD-4-5-20250929": ("model", TOKENS),
    TIERED: ("model", TIERED),
    TIERED_SMALL: ("model", TIERED_SMALL),
    CAPITALS: ("model", CAPITALS),
    TRANSCRIPTION: ("model", TRANSCRIPTION),
    "  reel-3.1-fast  ": ("model", VIDEO_PER_CALL_FAST),
    # aliases and names
    TOKENS_ALIAS: ("model", TOKENS),
    "Linden Ballad 4.5": ("model", TOKENS),
    # any order, any punctuation, or none
    "ballad 4.5": ("model", TOKENS),
    "linden-4-5-ballad": ("model", TOKENS),
    "4.5 ballad linden": ("model", TOKENS),
    "linden_ballad/4:5": ("model", TOKENS),
    "lindenballad45": ("model", TOKENS),
    "5.4 oriel": ("model", TIERED),
    "oriel54": ("model", TIERED),
    "oriel 5.4 mini": ("model", TIERED_SMALL),
    "castor flash 3.5": ("model", "castor-3.5-flash"),
    "reel3.1 fast": ("model", VIDEO_PER_CALL_FAST),
    "mono max m2": ("model", CAPITALS),
    "brightfield labs": ("provider", "bright-field-labs"),
    "tourma line": ("family", "tourmaline"),
    # as far as it is typed
    "oriel5": ("model", OTHER_MAKER),
    "linden bal": ("model", NEWEST),
    "aubade 4.8": ("model", BIGGEST),
    "ari": ("model", OTHER_LINE),
    "mini man": ("model", IMAGE_FLAT),
    "murm": ("model", TRANSCRIPTION),
    "hum 2": ("model", "hum-2-pro"),
    # typing errors
    "castorr": ("family", "castor"),
    "lidnen balad": ("model", NEWEST),
    "kestrl": ("provider", "kestrel"),
    "swrl": ("family", "swirl"),
    "murmer": ("model", TRANSCRIPTION),
    "tormaline": ("family", "tourmaline"),
    "herons audio": ("family", "heron-audio"),
    # families and providers
    "linden": ("family", "linden"),
    "swirl": ("family", "swirl"),
    "prism 2": ("family", "prism-2"),
    "octave tts": ("family", "octave-tts"),
    "mini mango": ("model", IMAGE_FLAT),
    "arbor": ("provider", "arbor"),
    "octave": ("provider", "octave"),
    # words of the documentation
    "billing": ("docs", "/docs/billing"),
    "webhooks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "webhoks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "self hosting": ("docs", "/docs/self-hosting"),
    "rate limits": ("docs", "/docs/errors#rate-limits"),
}


def test_what_is_meant_comes_first_of_all_and_as_one_types():
    assert len(FIRST) >= 40
    assert misplaced(FIRST) == {}


@pytest.mark.parametrize(("most", "caps"), [(FEW, NARROW), (FEW + 1, WIDE)])
def test_a_count_that_reached_its_cap_says_that_there_may_be_more(most, caps):
    synthetic.make(300, force=True)
    (models,) = (group for group in find("m", TODAY, most).groups if group.kind == "model")
    assert caps.models <= models.count <= caps.models + caps.keys
    assert models.is_capped
    assert len(models.hits) == min(most, models.count)
    (models,) = (group for group in find("linden ballad", TODAY, most).groups if group.kind == "model")
    assert not models.is_capped


def test_every_model_is_found_by_its_id_its_aliases_and_its_name():
    """The ID first of all; an alias and a name before every model that has neither."""
    assert unfound() == []


def test_every_beginning_of_an_id_finds_the_model():
    for length in range(1, len(TOKENS) + 1):
        groups = {group.kind: group for group in find(TOKENS[:length], TODAY).groups}
        assert TOKENS in [hit.label for hit in groups["model"].hits], TOKENS[:length]


@pytest.mark.parametrize(
    "text", ["ballad 4.5", "linden-4-5-ballad", "4 5 linden ballad", "BALLAD linden 4.5"]
)
def test_the_order_of_words_changes_no_count(text):
    assert find(text, TODAY).groups[0].count == 1


def test_a_retired_model_comes_behind_those_that_answer():
    """On the day before it is retired it stands in its place."""
    retiring = Variant.objects.get(model_id=TOKENS)
    assert retiring.retires_on == date(2026, 11, 30)
    before, after = (
        [hit.label for hit in find("linden ballad", day).groups[0].hits]
        for day in (TODAY, retiring.retires_on)
    )
    assert sorted(before) == sorted(after)
    assert before.index(TOKENS) < after.index(TOKENS)


@pytest.mark.parametrize(
    ("text", "said"), [("Castorr 3 flash", "castor 3 flash"), ("lidnen-balad", "linden-ballad")]
)
def test_what_was_searched_for_instead_is_said(text, said):
    assert find(text, TODAY).corrected == said


@pytest.mark.parametrize("text", ["", "   ", "---", "?!", "zzqqxx", "bluebird", "🜁🜂"])
def test_what_nothing_holds_finds_nothing(text):
    found = find(text, TODAY)
    assert (found.corrected, found.groups, found.count) == ("", [], 0)


def test_a_query_costs_two_questions_and_a_typing_error_three_more(django_assert_num_queries):
    with django_assert_num_queries(2):
        find("linden ballad", TODAY)
    with django_assert_num_queries(5):
        find("lidnen balad", TODAY)
    with django_assert_num_queries(0):
        find("?!", TODAY)
