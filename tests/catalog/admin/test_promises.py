"""Promises in the admin: audited, checked as files are, and withdrawn for good."""

import pytest
from django.urls import reverse

from catalog.exchange.load import load_files
from catalog.history.changes import KINDS
from catalog.models import ChangeEvent, Promise, WebhookDelivery
from catalog.presentation.wording.promises import read_promises
from catalog.vocabulary import PROMISE_KIND, ChangeKind, Origin, PromiseName
from databases import FILES, SMALL
from dom import tree
from forms import errors, filled
from rows import a_variant
from subscribers import hook

pytestmark = pytest.mark.django_db
NAME = "results_kept_days"


def address(row):
    return reverse("admin:catalog_promise_change", args=[row.pk])


def sent(desk, row, **changed):
    form = filled(desk.get(address(row))) | changed
    # An unticked box is not sent.
    return desk.post(address(row), {key: value for key, value in form.items() if value not in (None, False)})


def test_a_promise_is_edited_in_one_revision_with_its_event(desk):
    row = Promise.objects.get(name=NAME)
    answer = sent(desk, row, value="30", change_reason="New terms")
    assert answer.status_code == 302, errors(answer)
    assert read_promises()[NAME] == "30"
    event = ChangeEvent.objects.first()
    assert (event.subject, event.before, event.after) == (NAME, {"value": "7"}, {"value": "30"})
    assert (event.revision.origin, event.revision.reason) == (Origin.ADMIN, "New terms")


@pytest.mark.parametrize("value", ["", "soon", "0", "-7", "7 days"])
def test_a_value_that_files_refuse_is_refused(desk, value):
    row = Promise.objects.get(name=NAME)
    answer = sent(desk, row, value=value)
    assert "no number of days" in errors(answer)
    assert read_promises()[NAME] == "7"


def test_a_promise_that_is_withdrawn_stays_so_when_files_are_loaded_again(desk):
    row = Promise.objects.get(name=NAME)
    assert sent(desk, row, is_stated=None).status_code == 302
    assert NAME not in read_promises()
    load_files(sorted(FILES[SMALL].glob("*.toml")))
    assert NAME not in read_promises()


def test_what_is_promised_is_no_change_of_the_catalog(desk, client):
    sent(desk, Promise.objects.get(name=NAME), value="30")
    assert NAME not in client.get("/changes.json").content.decode()


def test_a_model_with_the_name_of_a_promise_is_seen_in_the_changes_and_sent_to_subscribers(desk, client):
    subscriber = hook("https://example.org/hook")
    a_variant(NAME)
    sent(desk, Promise.objects.get(name=NAME), value="30")
    (row,) = (row for row in client.get("/api/v1/changes").json()["items"] if row["subject"] == NAME)
    assert row["summary"] == f"{NAME} added"
    (delivery,) = WebhookDelivery.objects.filter(webhook=subscriber)
    assert delivery.event.summary == f"{NAME} added"


def test_release_0_1_0_reads_the_kind_of_a_promise(desk):
    sent(desk, Promise.objects.get(name=NAME), value="30")
    event = ChangeEvent.objects.first()
    assert (event.kind, event.exact_kind) == (ChangeKind.CATALOG, PROMISE_KIND)
    assert PROMISE_KIND not in KINDS


def test_the_list_has_the_order_of_the_vocabulary_and_blanks_where_there_is_no_value(desk):
    page = tree(desk.get(reverse("admin:catalog_promise_changelist")).content)
    rows = page.one("table", id="result_list").one("tbody").all("tr")
    listed = [row.one("th").text for row in rows]
    present = set(Promise.objects.values_list("name", flat=True))
    assert listed == [word.label for word in PromiseName if word in present]
    values = {row.one("th").text: row.one("td", class_="field-shown_value").text for row in rows}
    assert values[PromiseName.RESULTS_KEPT_DAYS.label] == "7"
    assert "-" not in {value.strip() for value in values.values()}


def test_a_promise_without_a_value_has_no_box_for_one(desk):
    bare = Promise.objects.get(name=PromiseName.RETRY_AFTER)
    form = desk.get(address(bare)).content.decode()
    assert 'name="value"' not in form
    assert "Source URL" in form
    assert "Write a number of days." in desk.get(address(Promise.objects.get(name=NAME))).content.decode()
    assert sent(desk, bare, source_label="Terms").status_code == 302
    assert read_promises()[PromiseName.RETRY_AFTER] == "yes"


def test_only_what_is_not_there_yet_is_added(desk):
    Promise.objects.get(name=NAME).delete()
    page = tree(desk.get(reverse("admin:catalog_promise_add")).content)
    words = [option.attributes["value"] for option in page.one("select", id="id_name").all("option")]
    assert words == ["", *(name for name in PromiseName.values if not Promise.objects.filter(name=name))]
    assert NAME in words
    assert "All others: leave it blank." in page.one("main").text
