"""Which model is recommended to those who have to leave one."""

from datetime import UTC, date, datetime

import pytest

from catalog.models import Alias
from catalog.publishing.publish import publish
from catalog.search import lookup
from catalog.search.successors import NamedModel, successors, successors_of
from catalog.vocabulary import Origin
from rows import a_variant

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
GONE = {"lifecycle": "retired"}


def says(*replacements, platform="vendor"):
    row = {"platform": platform, "replacements": list(replacements), "source_label": "page"}
    return {"end_of_life": [row]}


def follow(model_id, at=NOON):
    return successors(lookup.by_model_id(model_id), at)


def test_what_a_source_names_is_recommended():
    a_variant("testfam-next", lifecycle="active")
    a_variant("testfam-old", **says("testfam-next"))
    assert follow("testfam-old").living.path == "/models/testfam/next"


def test_a_model_that_the_catalog_lacks_is_named_and_not_recommended():
    a_variant("testfam-old", **says("elsewhere-9"))
    follows = follow("testfam-old")
    assert follows.stated == (NamedModel("elsewhere-9", "elsewhere-9"),)
    assert follows.living is None


def test_one_that_is_ending_itself_is_followed_to_one_that_is_not():
    last = a_variant("testfam-4", lifecycle="active")
    a_variant("testfam-3", replacement=last, deprecated_on=date(2026, 11, 26))
    a_variant("testfam-2", **GONE, **says("testfam-3"))
    a_variant("testfam-1", **says("testfam-2"))
    follows = follow("testfam-1")
    assert [one.model_id for one in follows.stated] == ["testfam-2"]
    assert not follows.stated[0].is_living
    assert follows.living.model_id == "testfam-4"
    assert follow("testfam-2", datetime(2026, 11, 25, tzinfo=UTC)).living.model_id == "testfam-3"


def test_of_two_the_living_one_comes_before_what_follows_the_other():
    a_variant("testfam-later", lifecycle="active")
    a_variant("testfam-dead", **GONE, **says("testfam-later"))
    a_variant("testfam-alive", lifecycle="preview")
    a_variant("testfam-old", **says("testfam-dead", "testfam-alive"))
    assert follow("testfam-old").living.model_id == "testfam-alive"


def test_a_loop_of_models_that_are_gone_ends_without_a_recommendation():
    a_variant("testfam-b", **GONE, **says("testfam-a"))
    a_variant("testfam-a", **GONE, **says("testfam-b"))
    assert follow("testfam-a").living is None
    assert follow("testfam-b").living is None


def test_a_model_is_never_recommended_to_its_own_leavers():
    a_variant("testfam-b", **GONE, **says("testfam-a"))
    a_variant("testfam-a", lifecycle="active", **says("testfam-b"))
    assert follow("testfam-a").living is None


def test_another_name_of_a_model_leads_to_it():
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.add(Alias(variant=a_variant("testfam-next", lifecycle="active"), alias_id="testfam-latest"))
    a_variant("testfam-old", **says("testfam-latest"))
    assert follow("testfam-old").living.model_id == "testfam-next"


def test_what_a_cloud_names_is_recommended_where_nothing_that_governs_lives():
    a_variant("testfam-next", lifecycle="active")
    rows = says("elsewhere-9")["end_of_life"] + says("testfam-next", platform="vertex")["end_of_life"]
    a_variant("testfam-old", end_of_life=rows)
    follows = follow("testfam-old")
    assert [one.model_id for one in follows.stated] == ["elsewhere-9"]
    assert follows.living.model_id == "testfam-next"


def test_another_companys_gateway_recommends_nothing():
    a_variant("testfam-next", lifecycle="active")
    a_variant("testfam-old", **says("testfam-next", platform="other: Novita"))
    follows = follow("testfam-old")
    assert (follows.stated, follows.living) == ((), None)
    assert follows.named["testfam-next"].path


def test_many_models_take_as_many_queries_as_one(django_assert_num_queries):
    a_variant("testfam-next", lifecycle="active")
    records = []
    for number in range(5):
        a_variant(f"testfam-{number}", **says("testfam-next"))
        records.append(lookup.by_model_id(f"testfam-{number}"))
    with django_assert_num_queries(1):
        assert all(one.living for one in successors_of(records, NOON).values())
