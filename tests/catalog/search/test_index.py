"""The index says what the catalog says, whatever is done to the catalog."""

import re
from datetime import date

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Alias, Family, Provider, SearchEntry, SearchKey, SearchWord
from catalog.publishing.build_records import rebuild
from catalog.publishing.publish import publish
from catalog.search.finding import find
from catalog.search.text_index import FIELDS
from catalog.vocabulary import Origin
from rows import a_family, a_price, a_variant

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 24)


@pytest.fixture(autouse=True)
def _own_family():
    """The family of the models that tests add, published as any other."""
    with edit() as edition:
        edition.touch(a_family())
        edition.touch(a_family().provider)


def stored():
    """All that search looks in."""
    return (
        {row["position"]: row for row in SearchEntry.objects.values("position", *FIELDS)},
        set(SearchKey.objects.values_list("entry_id", "key")),
        set(SearchWord.objects.values_list("form", "word")),
    )


def anew():
    """The same, built from nothing."""
    SearchEntry.objects.all().delete()
    SearchWord.objects.all().delete()
    call_command("rebuild_records", verbosity=0)
    return stored()


def labels(text):
    return {hit.label for group in find(text, TODAY).groups for hit in group.hits}


def edit():
    return publish(actor=None, origin=Origin.ADMIN)


def test_the_catalog_is_indexed_as_it_was_from_nothing():
    assert stored() == anew()


def test_a_model_is_found_by_what_it_is_called_now():
    variant = a_variant("testfam-zebulon", name="Zebulon One")
    assert labels("zebulon") == {"testfam-zebulon"}
    with edit() as edition:
        edition.change(variant, {"model_id": "testfam-quixotic", "name": "Quixotic Two"})
    assert labels("zebulon") == set()
    assert labels("quixotik") == {"testfam-quixotic"}
    assert not SearchWord.objects.filter(word="zebulon").exists()
    assert stored() == anew()


@pytest.mark.slow
def test_an_alias_comes_and_goes():
    variant = a_variant()
    with edit() as edition:
        alias = edition.add(Alias(variant=variant, alias_id="wonderful-latest"))
        edition.touch(variant)
    assert labels("wonderful") == labels("wonderfull") == {variant.model_id}
    with edit() as edition:
        edition.remove([alias])
        edition.touch(variant)
    assert labels("wonderful") == set()
    assert stored() == anew()


def test_a_family_and_a_provider_that_are_renamed_take_their_models_along():
    variant = a_variant()
    family = variant.family
    with edit() as edition:
        edition.change(family, {"name": "Ultramarine"})
        edition.change(family.provider, {"name": "Heliotrope Works"})
    assert labels("ultramarine") == {variant.model_id, "testfam"}
    assert labels("heliotrope") == {variant.model_id, "testfam", "test-labs"}
    assert stored() == anew()


def test_an_empty_family_and_its_provider_are_found():
    with edit() as edition:
        provider = edition.add(Provider(slug="vermilion", name="Vermilion"))
        edition.add_many([Family(slug="cerulean", name="Cerulean", provider=provider)])
    assert labels("vermilion") == {"vermilion", "cerulean"}
    assert stored() == anew()


def test_a_retired_model_is_still_found():
    variant = a_variant("testfam-zebulon")
    with edit() as edition:
        edition.change(variant, {"retires_on": TODAY})
    (hit,) = find("zebulon", TODAY).groups[0].hits
    assert hit.score[2]
    assert stored() == anew()


def test_what_is_deleted_is_found_no_more():
    family = a_family("emptied")
    variant = a_variant("emptied-zebulon", family=family)
    with edit() as edition:
        edition.touch(family)
    assert labels("zebulon") == {"emptied-zebulon"}
    with edit() as edition:
        edition.remove([variant, family])
    assert labels("zebulon") == labels("emptied") == set()
    assert stored() == anew()


def test_a_change_that_fails_leaves_the_index_as_it_was():
    variant = a_variant("testfam-zebulon")
    before = stored()

    def fail():
        with edit() as edition:
            edition.change(variant, {"model_id": "testfam-quixotic"})
            rebuild([variant.pk], 1)
            assert labels("quixotic") == {"testfam-quixotic"}
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()
    assert stored() == before
    assert (labels("zebulon"), labels("quixotic")) == ({"testfam-zebulon"}, set())


def test_a_new_price_writes_nothing_into_the_index():
    variant = a_variant()
    with CaptureQueriesContext(connection) as asked:
        a_price(variant)
    written = [row["sql"] for row in asked if re.match(r"(INSERT|UPDATE|DELETE)", row["sql"])]
    assert any("catalog_document" in sql for sql in written)
    assert [sql for sql in written if "catalog_search" in sql] == []
