"""Page, twins and record of a model that is going say alike since when, until when and what follows."""

from datetime import date

import pytest

from catalog.models import Alias, Variant
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from rows import a_variant

pytestmark = pytest.mark.django_db
NAMES = ("Deprecation", "Sunset")


@pytest.fixture
def going():
    """A model that retires in 2030, with the one that follows it and another name."""
    follows = a_variant("testfam-next/it")
    variant = a_variant("testfam-going")
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        edition.add(Alias(variant=variant, alias_id="testfam-other"))
        edition.change(
            variant,
            {"deprecated_on": date(2030, 1, 1), "retires_on": date(2030, 7, 1), "replacement": follows},
        )
    return variant


def said(answer):
    assert answer.status_code == 200
    return {name: answer[name] for name in NAMES if name in answer}


def successor(answer):
    links = [link for link in answer.get("Link", "").split(", ") if 'rel="successor-version"' in link]
    return links[0].partition(">")[0].removeprefix("<http://127.0.0.1:8000") if links else None


def test_all_forms_of_a_model_say_the_same_and_lead_to_the_same_form_of_the_next(client, going):
    expected = {"Deprecation": "@1893456000", "Sunset": "Mon, 01 Jul 2030 00:00:00 GMT"}
    page = "/models/testfam/going"
    forms = {
        page: "/models/testfam/next/it",
        f"{page}.md": "/models/testfam/next/it.md",
        "/api/v1/models/testfam-going": "/api/v1/models/testfam-next/it",
        "/api/v1/models/testfam-other": "/api/v1/models/testfam-next/it",
    }
    for path, follows in forms.items():
        answer = client.get(path)
        assert said(answer) == expected, path
        assert successor(answer) == follows, path
        assert client.get(follows).status_code == 200
    accepted = client.get(page, headers={"accept": "text/markdown"})
    assert said(accepted) == expected
    assert said(client.get(f"{page}.json")) == expected
    assert "Sunset" in client.get("/api/v1/models/testfam-going")["Access-Control-Expose-Headers"]


def test_of_every_model_of_the_catalog_page_and_record_agree(client):
    going = 0
    for variant in Variant.objects.select_related("family"):
        if not (
            variant.retires_on or variant.deprecated_on or variant.lifecycle in {"deprecated", "retired"}
        ):
            continue
        page, record = client.get(variant.path), client.get(f"/api/v1/models/{variant.model_id}")
        assert said(page) == said(record)
        assert bool(said(record)) == bool(variant.retires_on or variant.deprecated_on or variant.replacement)
        going += 1
    assert going > 8


@pytest.mark.parametrize("path", ["/models/linden/ballad-4-6", "/api/v1/models/linden-ballad-4-6"])
def test_a_model_that_stays_has_none_of_these_headers(client, path):
    answer = client.get(path)
    assert said(answer) == {}
    assert successor(answer) is None


def test_a_retired_model_keeps_its_page_which_says_so_and_its_record_is_retired(client):
    answer = client.get("/models/linden/aubade-4-20250514")
    assert answer.status_code == 200
    assert "no longer answers" in answer.content.decode()
    assert client.get("/api/v1/models/linden-aubade-4-20250514").json()["lifecycle"] == "retired"
