"""A catalog file loaded after the admin was used: what people set stays, unless told otherwise."""

from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.exchange.load import load_files
from catalog.models import Price, Variant
from databases import FILES as CATALOG_FILES
from databases import SMALL
from forms import errors, filled
from rows import a_family
from small import SIBLING

pytestmark = pytest.mark.django_db

FILE = """
[provider]
slug = "test-labs"
name = "Test Labs"

[[family]]
slug = "testfam"
name = "Testfam"

[[family.model]]
model_id = "testfam-one"
name = "From the file"
context_window = 1000
aliases = ["testfam-latest"]

[[family.model.price]]
kind = "sell"
meter = "input_tokens"
per = 1000000
amount = "{amount}"
effective_from = {start}
source = {{ label = "File" }}
"""


@pytest.fixture
def load(tmp_path):
    """Load a small catalog of one model, with this price."""

    def loaded(amount="1", start="2026-01-01T00:00:00Z", *, force=False):
        path = tmp_path / "test-labs.toml"
        path.write_text(FILE.format(amount=amount, start=start))
        return load_files([path], force=force)

    return loaded


def save(desk, row, sent: dict) -> None:
    address = reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])
    answer = desk.post(address, filled(desk.get(address)) | sent)
    assert answer.status_code == 302, errors(answer)
    row.refresh_from_db()


def load_again(**options):
    return load_files(sorted(CATALOG_FILES[SMALL].glob("*.toml")), **options)


def conflicts(report) -> list[tuple[str, str]]:
    lines = [line for line in report.plan.lines if line.verb == "conflict"]
    return [(line.subject, line.said.partition(":")[0]) for line in lines]


@pytest.mark.slow
def test_a_catalog_loaded_again_leaves_the_admins_fields_alone(desk):
    variant = Variant.objects.get(model_id=SIBLING)
    window = variant.context_window
    save(desk, variant, {"context_window": "5"})
    report = load_again()
    assert (conflicts(report), report.revision) == ([(SIBLING, "context_window")], None)
    variant.refresh_from_db()
    assert (variant.context_window, variant.admin_fields) == (5, ["context_window"])
    report = load_again(force=True)
    assert report.revision
    variant.refresh_from_db()
    assert (variant.context_window, variant.admin_fields) == (window, [])
    assert load_again().revision is None


def test_what_no_admin_has_set_goes_on_following_the_file(desk, load):
    load()
    variant = Variant.objects.get(model_id="testfam-one")
    save(desk, variant, {"name": "From the admin"})
    Variant.objects.filter(pk=variant.pk).update(context_window=7)
    report = load()
    variant.refresh_from_db()
    assert conflicts(report) == [("testfam-one", "name")]
    assert (variant.name, variant.context_window) == ("From the admin", 1000)


def test_rows_that_an_admin_has_set_stay_together(desk, load):
    load()
    variant = Variant.objects.get(model_id="testfam-one")
    save(desk, variant, {"aliases-0-alias_id": "testfam-other"})
    assert conflicts(load()) == [("testfam-one", "aliases")]
    assert [alias.alias_id for alias in variant.aliases.all()] == ["testfam-other"]
    load(force=True)
    assert [alias.alias_id for alias in variant.aliases.all()] == ["testfam-latest"]


def test_families_and_providers_are_left_alone_too(desk, load):
    load()
    variant = Variant.objects.get(model_id="testfam-one")
    for row in (variant.family, variant.family.provider):
        save(desk, row, {"name": "Renamed"})
    assert conflicts(load()) == [("test-labs", "name"), ("testfam", "name")]
    load(force=True)
    assert {row.name for row in (Variant.objects.get(pk=variant.pk).family,)} == {"Testfam"}


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_a_price_that_an_admin_changed_is_left_alone(desk, load):
    load()
    held = Price.objects.get(variant__model_id="testfam-one")
    sent = {"state": "known", "amount": "9", "reason": "It was raised", "source_label": "Letter"}
    answer = desk.post(reverse("admin:catalog_price_succeed", args=[held.pk]), sent)
    # A price that rises ninefold is asked about first.
    desk.post(answer["Location"], {"_approve": "1", "phrase": "confirm 1"})
    assert load().revision is None
    later = f"{timezone.now():%Y-%m-%dT%H:%M:%S.%fZ}"
    report = load("2", later)
    assert conflicts(report) == [("testfam-one", "sell input_tokens")]
    mine = Price.objects.filter(variant__model_id="testfam-one")
    assert mine.at(timezone.now()).get().amount == Decimal(9)
    load("2", later, force=True)
    assert mine.at(timezone.now()).get().amount == Decimal(2)


def test_a_model_that_an_admin_added_keeps_what_was_said_of_it(desk, load):
    address = reverse("admin:catalog_variant_add")
    sent = filled(desk.get(address)) | {"model_id": "testfam-one", "slug": "one", "name": "Said by an admin"}
    assert desk.post(address, sent | {"family": str(a_family().pk)}).status_code == 302
    report = load()
    assert conflicts(report) == [("testfam-one", "name")]
    variant = Variant.objects.get(model_id="testfam-one")
    assert (variant.name, variant.context_window) == ("Said by an admin", 1000)
