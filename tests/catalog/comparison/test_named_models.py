"""Which models a comparison names, and that each set of models has one address."""

from itertools import permutations
from urllib.parse import parse_qs, unquote, urlsplit

import pytest
from django.utils import timezone

import hostile
from catalog.comparison import named_models
from rows import a_family, a_variant
from small import CAPITALS, OTHER_LINE, SIBLING, TOKENS, TOKENS_ALIAS

pytestmark = pytest.mark.django_db


def found(*names):
    return named_models.find(names).ids


def read_back(address):
    parts = urlsplit(address)
    if parts.query:
        return named_models.find(named_models.split(parse_qs(parts.query)["models"]))
    return named_models.find_path(unquote(parts.path.removeprefix("/compare/")))


def test_a_model_is_named_by_its_id_an_alias_or_a_slug_in_any_capitals():
    assert found(TOKENS_ALIAS) == found("ballad-4-5-20250929") == found(TOKENS.upper()) == [TOKENS]
    assert found("monomax-m2") == found(CAPITALS) == [CAPITALS]


def test_models_named_twice_are_there_once():
    assert found(TOKENS, TOKENS_ALIAS, TOKENS, OTHER_LINE) == [OTHER_LINE, TOKENS]


def test_a_slug_of_two_families_names_none_of_them():
    for family in ("one", "two"):
        a_variant(f"{family}-turbo", family=a_family(family), slug="turbo")
    answer = named_models.find(["turbo", TOKENS])
    assert (answer.ids, answer.unknown) == ([TOKENS], ("turbo",))


def test_models_may_stay_in_the_order_in_which_they_are_named():
    assert named_models.find([TOKENS, OTHER_LINE], ordered=False).ids == [TOKENS, OTHER_LINE]


def test_every_order_of_the_same_models_has_the_same_address():
    ids = [TOKENS, OTHER_LINE, CAPITALS]
    assert {named_models.path(order) for order in permutations(ids)} == {
        f"/compare/{OTHER_LINE}-vs-{TOKENS}-vs-MonoMax-M2"
    }


@pytest.mark.parametrize(
    "ids",
    [
        [OTHER_LINE, TOKENS],
        ["org/model:free", "other/b@1.0~x"],
        ["me-vs-you", "third"],
        ["this-vs", "vs-that"],
        ["a+b", "c"],
        ["UPPER", "lower"],
    ],
)
def test_an_address_leads_back_to_its_models(ids):
    for model_id in ids:
        if not named_models.find([model_id]).ids:
            a_variant(model_id)
    address = named_models.path(ids)
    assert read_back(address).ids == sorted(ids, key=str.lower)
    assert read_back(address).unknown == ()
    assert named_models.path(read_back(address).ids) == address


def test_an_id_with_vs_inside_is_found_in_a_path_too():
    a_variant("me-vs-you")
    a_variant("third")
    assert named_models.find_path("me-vs-you-vs-third").ids == ["me-vs-you", "third"]
    a_variant("me")
    a_variant("you")
    assert named_models.find_path("me-vs-you-vs-third").ids == ["me", "third", "you"]


def test_one_and_none_and_too_many_stay_in_the_query():
    assert named_models.path([]) == "/compare"
    assert named_models.path(["a"]) == "/compare?models=a"
    assert named_models.path("abcdefg") == "/compare?models=a,b,c,d,e,f,g"


@pytest.mark.parametrize("many", [2, 6, 24])
def test_the_queries_do_not_grow_with_the_models(django_assert_max_num_queries, many):
    names = [a_variant().model_id for _ in range(many)]
    with django_assert_max_num_queries(3):
        assert len(named_models.find(names).ids) == many
    with django_assert_max_num_queries(4):
        named_models.find([*names, "unknown", "also-unknown"])


def test_hostile_names_are_unknown_and_nothing_fails():
    for name in hostile.entries("model_ids"):
        assert isinstance(named_models.find([name]).ids, list)
        assert isinstance(named_models.find_path(f"{name}-vs-{TOKENS}").ids, list)
    for name in hostile.entries("model_ids")[::10]:
        named_models.candidates(name, timezone.now())
    assert named_models.find_path("-vs-".join("x" * 500)).ids == []


def test_part_of_a_name_finds_what_it_may_mean():
    now = timezone.now()
    assert TOKENS in {one.model_id for one in named_models.candidates("ballad 4-5", now)}
    assert TOKENS not in {one.model_id for one in named_models.candidates("ballad 4-5", now, [TOKENS])}
    assert named_models.candidates("linden-balad-4-6", now)[0].model_id == SIBLING
    assert named_models.candidates("", now) == []
