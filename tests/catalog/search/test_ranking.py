"""What a query finds first on the bundled catalog, alike on SQLite and on PostgreSQL."""

from datetime import date

import pytest

from catalog.models import Alias, Variant
from catalog.search.finding import FEW, find
from catalog.search.hits import NARROW, WIDE

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)
SONNET = "claude-sonnet-4-5-20250929"
FIRST = {
    # exact IDs, whatever the case
    SONNET: ("model", SONNET),
    "CLAUDE-SONNET-4-5-20250929": ("model", SONNET),
    "gpt-5.4": ("model", "gpt-5.4"),
    "gpt-5.4-mini": ("model", "gpt-5.4-mini"),
    "MiniMax-M2": ("model", "MiniMax-M2"),
    "whisper-1": ("model", "whisper-1"),
    "  veo-3.1-fast  ": ("model", "veo-3.1-fast"),
    # aliases and names
    "claude-sonnet-4-5": ("model", SONNET),
    "Claude Sonnet 4.5": ("model", SONNET),
    # any order, any punctuation, or none
    "sonnet 4.5": ("model", SONNET),
    "claude-4-5-sonnet": ("model", SONNET),
    "4.5 sonnet claude": ("model", SONNET),
    "claude_sonnet/4:5": ("model", SONNET),
    "claudesonnet45": ("model", SONNET),
    "5.4 gpt": ("model", "gpt-5.4"),
    "gpt54": ("model", "gpt-5.4"),
    "gpt 5.4 mini": ("model", "gpt-5.4-mini"),
    "gemini flash 3.5": ("model", "gemini-3.5-flash"),
    "veo3.1 fast": ("model", "veo-3.1-fast"),
    "deep seek v4": ("model", "deepseek-v4-flash"),
    "open ai": ("provider", "openai"),
    "eleven labs": ("family", "elevenlabs"),
    # as far as it is typed
    "gpt5": ("model", "gpt-5.5"),
    "claude son": ("model", "claude-sonnet-5"),
    "opus 4.8": ("model", "claude-opus-4-8"),
    "haik": ("model", "claude-haiku-4-5-20251001"),
    "nano ban": ("model", "nano-banana"),
    "imagen 4": ("model", "imagen-4"),
    "grok imag": ("model", "grok-imagine-edit-image"),
    # typing errors
    "geminni": ("family", "gemini"),
    "cluade sonet": ("model", "claude-sonnet-5"),
    "antropic": ("provider", "anthropic"),
    "klng": ("family", "kling"),
    "midjourny": ("family", "midjourney"),
    "wisper": ("model", "whisper-1"),
    "deepsek": ("family", "deepseek"),
    "eleventlabs": ("family", "elevenlabs"),
    # families and providers
    "claude": ("family", "claude"),
    "flux": ("family", "flux"),
    "flux kontext": ("family", "flux-kontext"),
    "qwen image": ("family", "qwen-image"),
    "seedance": ("family", "seedance"),
    "anthropic": ("provider", "anthropic"),
    "openai": ("provider", "openai"),
    # words of the documentation
    "billing": ("docs", "/docs/billing"),
    "webhooks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "webhoks": ("docs", "/docs/tasks-and-webhooks#webhooks"),
    "self hosting": ("docs", "/docs/self-hosting"),
    "rate limits": ("docs", "/docs/errors#rate-limits"),
}


def first(text, most=100):
    found = find(text, TODAY, most)
    return (found.groups[0].kind, found.groups[0].hits[0].label) if found.groups else None


def test_what_is_meant_comes_first():
    assert len(FIRST) >= 40
    assert {text: first(text) for text in FIRST} == FIRST


def test_the_first_of_few_candidates_is_the_first_of_many():
    """What is asked for as one types ranks fewer."""
    assert {text: first(text, FEW) for text in FIRST} == FIRST
    for model_id in Variant.objects.values_list("model_id", flat=True):
        assert first(model_id, FEW) == ("model", model_id)


@pytest.mark.parametrize(("most", "caps"), [(FEW, NARROW), (FEW + 1, WIDE)])
def test_a_count_that_reached_its_cap_says_that_there_may_be_more(most, caps):
    (models,) = (group for group in find("i", TODAY, most).groups if group.kind == "model")
    assert caps.models <= models.count <= caps.models + caps.keys
    assert models.is_capped
    assert len(models.hits) == min(most, models.count)
    (models,) = (group for group in find("claude sonnet", TODAY, most).groups if group.kind == "model")
    assert not models.is_capped


def test_every_model_is_found_by_its_id_its_aliases_and_its_name():
    """The ID first of all; an alias and a name before every model that has neither."""
    for model_id, name in Variant.objects.values_list("model_id", "name"):
        assert first(model_id) == ("model", model_id)
        if name:
            assert model_id in equals(name), name
    for alias, model_id in Alias.objects.values_list("alias_id", "variant__model_id"):
        assert model_id in equals(alias), alias


def equals(text):
    """The models that answer as well as the best one."""
    hits = next(group.hits for group in find(text, TODAY).groups if group.kind == "model")
    return [hit.label for hit in hits if hit.score[:2] == hits[0].score[:2]]


def test_every_beginning_of_an_id_finds_the_model():
    for length in range(1, len(SONNET) + 1):
        groups = {group.kind: group for group in find(SONNET[:length], TODAY).groups}
        assert SONNET in [hit.label for hit in groups["model"].hits], SONNET[:length]


@pytest.mark.parametrize(
    "text", ["sonnet 4.5", "claude-4-5-sonnet", "4 5 claude sonnet", "SONNET claude 4.5"]
)
def test_the_order_of_words_changes_no_count(text):
    assert find(text, TODAY).groups[0].count == 1


def test_a_retired_model_comes_behind_those_that_answer():
    """On the day before it is retired it stands in its place."""
    retiring = Variant.objects.get(model_id=SONNET)
    assert retiring.retires_on == date(2026, 11, 30)
    before, after = (
        [hit.label for hit in find("claude sonnet", day).groups[0].hits]
        for day in (TODAY, retiring.retires_on)
    )
    assert sorted(before) == sorted(after)
    assert before.index(SONNET) < after.index(SONNET)


@pytest.mark.parametrize(
    ("text", "said"), [("Geminni 3 flash", "gemini 3 flash"), ("cluade-sonet", "claude-sonnet")]
)
def test_what_was_searched_for_instead_is_said(text, said):
    assert find(text, TODAY).corrected == said


@pytest.mark.parametrize("text", ["", "   ", "---", "?!", "zzqqxx", "sora", "🜁🜂"])
def test_what_nothing_holds_finds_nothing(text):
    found = find(text, TODAY)
    assert (found.corrected, found.groups, found.count) == ("", [], 0)


def test_a_query_costs_one_question_and_a_typing_error_three_more(django_assert_num_queries):
    with django_assert_num_queries(1):
        find("claude sonnet", TODAY)
    with django_assert_num_queries(4):
        find("cluade sonet", TODAY)
    with django_assert_num_queries(0):
        find("?!", TODAY)
