"""A change has a kind and the values before and after it; what release 0.1.0 kept is still read."""

from datetime import timedelta
from decimal import Decimal
from importlib import import_module
from types import SimpleNamespace
from typing import get_args

import pytest
from django.apps import apps
from django.db import connection
from django.utils import timezone, translation

from api.schemas import ChangeWord
from api.schemas.events import ChangedPrice
from catalog.history.changes import changes, newest
from catalog.models import ChangeEvent, Revision
from catalog.pricing.price import DatedPriceRecord
from catalog.publishing.price_changes import Successor, cancel, succeed
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from feed_reading import both
from forms import filled
from rows import a_family, a_price, a_variant

pytestmark = pytest.mark.django_db
migration = import_module("catalog.migrations.0017_change_kinds")


def by_admin():
    return publish(actor=None, origin=Origin.ADMIN)


def kept_by_0_1_0(subject="testfam-old", *, variant=None, kind="catalog", before=None, after=None, summary):
    """A change as the last release writes it: without an exact kind."""
    last = Revision.objects.order_by("-number").first()
    return ChangeEvent.objects.create(
        revision=last,
        kind=kind,
        variant=variant,
        subject=subject,
        summary=summary,
        before=before,
        after=after,
    )


def test_the_words_of_the_api_are_the_kinds():
    assert get_args(ChangeWord) == tuple(ChangeKind.values)
    assert list(ChangedPrice.model_fields) == list(DatedPriceRecord.__annotations__)


def test_a_model_or_family_is_added_by_whichever_door_it_came(admin_client):
    by_file = a_variant()
    page = admin_client.get("/admin/catalog/variant/add/")
    sent = {**filled(page), "family": a_family().pk, "model_id": "testfam-by-hand", "slug": "by-hand"}
    assert admin_client.post("/admin/catalog/variant/add/", sent).status_code == 302
    page = admin_client.get("/admin/catalog/family/add/")
    sent = {**filled(page), "provider": a_family().provider_id, "slug": "other", "name": "Other Ones"}
    assert admin_client.post("/admin/catalog/family/add/", sent).status_code == 302
    found = changes(limit=3, kind="added").changes
    assert [(row.kind, row.subject, row.before, row.after) for row in found] == [
        ("added", "other", None, "other"),
        ("added", "testfam-by-hand", None, "testfam-by-hand"),
        ("added", by_file.model_id, None, by_file.model_id),
    ]
    assert [row.subject for row in newest(2, kind="added")] == ["testfam-by-hand", by_file.model_id], (
        "families are not models"
    )


def test_who_asks_for_the_catalog_is_told_what_was_added_but_not_the_other_way_round():
    variant = a_variant()
    with by_admin() as edition:
        edition.change(variant, {"name": "Renamed"})
    told = {kind: changes(limit=2, kind=kind, model_id=variant.model_id).changes for kind in ChangeKind}
    assert [row.kind for row in told[ChangeKind.CATALOG]] == ["catalog", "added"]
    assert [row.kind for row in told[ChangeKind.ADDED]] == ["added"]
    assert told[ChangeKind.PRICE] == []


def test_a_name_that_ends_like_a_summary_makes_no_model_new(client):
    variant = a_variant("testfam-never")
    with by_admin() as edition:
        edition.record(ChangeKind.CATALOG, variant, "testfam-never added")
    assert len(newest(9, kind="added", model_id=variant.model_id)) == 1
    assert [entry.kind for entry in both(client, f"{variant.path}/changes")] == ["catalog", "added"]


def test_each_change_of_a_price_gives_it_as_values_of_json():
    price = a_price(a_variant())
    at = timezone.now() + timedelta(days=1)
    with by_admin() as edition:
        free = price.value.becoming("free", Decimal(0))
        new = succeed(edition, price, Successor(free, at, "", "List", "A gift"))
    told = newest(1)[0]
    assert (told.before["state"], told.before["amount"], told.before["per"]) == ("known", "1.5", 1_000_000)
    assert (told.after["state"], told.after["amount"], told.after["conditions"]) == ("free", "0", {})
    assert told.before["effective_until"] == told.after["effective_from"]
    with by_admin() as edition:
        cancel(edition, new)
    told = newest(1)[0]
    assert (told.before["state"], told.after) == ("free", None)


def test_a_price_that_0_1_0_kept_as_a_sentence_is_told_as_it_is(client):
    variant = a_variant()
    kept_by_0_1_0(
        variant.model_id,
        variant=variant,
        kind="price",
        before="$1.50 per 1M tokens",
        after="$2.00 per 1M tokens",
        summary="It rose",
    )
    entry = both(client, f"{variant.path}/changes")[0]
    assert entry.text == "It rose\nBefore: $1.50 per 1M tokens\nAfter: $2.00 per 1M tokens"
    answer = client.get("/api/v1/changes", {"model": variant.model_id}).json()["items"][0]
    assert (answer["kind"], answer["before"]) == ("price", "$1.50 per 1M tokens")


def test_feeds_say_prices_in_english_whatever_the_site_speaks(client):
    price = a_price(a_variant())
    with by_admin() as edition:
        dynamic = price.value.becoming("dynamic", None)
        succeed(edition, price, Successor(dynamic, edition.at, "", "List", "It varies"))
    with translation.override("de"):
        entry = both(client, f"{price.variant.path}/changes")[0]
    assert entry.text.endswith("Before: $1.50 per 1M tokens\nAfter: Dynamic")


def test_what_0_1_0_added_is_marked_once_and_nothing_else():
    variant = a_variant("testfam-old")
    is_added = [
        kept_by_0_1_0(variant=variant, after="testfam-old", summary="testfam-old added"),
        kept_by_0_1_0(variant=variant, summary="testfam-old added to the catalog"),
        kept_by_0_1_0("gone", after="gone", summary="gone added"),
        kept_by_0_1_0("test-labs", after="test-labs", summary="Test Labs added"),
        kept_by_0_1_0("test-labs", summary="Test Labs added to the catalog"),
    ]
    is_not = [
        kept_by_0_1_0(variant=variant, summary="testfam-old: 3 values as somebody states them"),
        kept_by_0_1_0(variant=variant, summary="another-model added"),
        kept_by_0_1_0(variant=variant, after=[], summary="testfam-old: parameters restated"),
        kept_by_0_1_0(
            "test-labs", before={"name": "A"}, after={"name": "B"}, summary="A: name changed to B added"
        ),
        kept_by_0_1_0(variant=variant, kind="status", summary="testfam-old added"),
    ]
    migration.mark_added(apps, SimpleNamespace(connection=connection))
    kinds = {row.pk: row.change_kind for row in ChangeEvent.objects.filter(exact_kind__isnull=False)}
    assert {kinds.get(row.pk) for row in is_added} == {ChangeKind.ADDED}
    assert not any(row.pk in kinds for row in is_not)
    # The release reads the column that it knows.
    assert set(ChangeEvent.objects.values_list("kind", flat=True)) <= {
        "price",
        "lifecycle",
        "status",
        "catalog",
    }
