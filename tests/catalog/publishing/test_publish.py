"""Publishing: all or nothing, one revision, an event per fact, and fresh records of whatever it touched."""

import threading
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.contrib.auth.models import User
from django.db import IntegrityError, connection
from django.utils import timezone

from catalog.models import ChangeEvent, Document, FormerSlug, Price, Revision, StatusEvent, Variant
from catalog.publishing.publish import current_revision, publish
from catalog.records.record import read_record
from catalog.search import lookup
from catalog.search.selection import Selection, page
from catalog.vocabulary import ChangeKind, Origin
from rows import a_family, a_price, a_variant

pytestmark = pytest.mark.django_db

START = datetime(2026, 12, 24, 12, tzinfo=UTC)


@pytest.fixture
def editor():
    return User.objects.create_user("editor")


def by_admin(editor=None, reason="Read anew"):
    return publish(actor=editor, origin=Origin.ADMIN, reason=reason)


def record_of(variant: Variant):
    return read_record(Document.objects.get(pk=variant.pk).body)


def test_a_publish_that_changes_nothing_leaves_no_revision():
    variant = a_variant(name="Same")
    before = current_revision(), ChangeEvent.objects.count()
    with by_admin() as edition:
        assert edition.change(variant, {"name": "Same", "context_window": None}) == {}
        edition.add_many([])
        edition.remove([])
    assert (current_revision(), ChangeEvent.objects.count()) == before
    assert Variant.objects.get(pk=variant.pk).admin_fields == []


def test_an_exception_leaves_nothing_behind(editor):
    variant = a_variant(name="Before")
    before = current_revision(), ChangeEvent.objects.count(), Document.objects.get(pk=variant.pk).body

    def fail_at_the_end():
        with by_admin(editor) as edition:
            edition.change(variant, {"name": "After", "slug": "after"})
            edition.add(StatusEvent(variant=variant, severity="outage", message="x", started_at=edition.at))
            edition.finish()
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail_at_the_end()
    after = current_revision(), ChangeEvent.objects.count(), Document.objects.get(pk=variant.pk).body
    assert after == before
    assert Variant.objects.get(pk=variant.pk).name == "Before"
    assert not FormerSlug.objects.filter(variant=variant).exists()
    assert not StatusEvent.objects.filter(variant=variant).exists()


def test_a_refusal_of_the_database_leaves_nothing_behind():
    held, variant = a_variant(), a_variant(name="Before")
    before = current_revision()

    def take_a_slug_that_is_taken():
        with by_admin() as edition:
            edition.change(variant, {"name": "After"})
            edition.change(variant, {"slug": held.slug})

    with pytest.raises(IntegrityError):
        take_a_slug_that_is_taken()
    assert current_revision() == before
    assert Variant.objects.get(pk=variant.pk).name == "Before"


def test_each_publish_takes_the_next_number(editor):
    variant = a_variant()
    first, _ = current_revision()
    for number in range(1, 4):
        with by_admin(editor, f"Reason {number}") as edition:
            edition.change(variant, {"name": f"Name {number}"})
            edition.change(variant, {"context_window": number})
        with pytest.raises(ZeroDivisionError), by_admin(editor) as edition:
            raise ZeroDivisionError(edition.begin())
        assert current_revision() == (first + number, edition_at(first + number))
    revision = Revision.objects.get(number=first + 3)
    assert (revision.actor, revision.origin, revision.reason) == (editor, "admin", "Reason 3")
    assert revision.events.count() == 2


def edition_at(number: int) -> datetime:
    return Revision.objects.get(number=number).at


@pytest.mark.engine("postgresql")
def test_two_writers_at_once_leave_no_gap_and_no_double():
    """Both commit for real, on connections of their own; what they leave is taken away again."""
    base, _ = current_revision()
    gate = threading.Barrier(2)
    failures: list[BaseException] = []

    def write(fails: bool) -> None:
        try:
            for number in range(6):
                gate.wait(timeout=20)
                with suppress(ZeroDivisionError), publish(actor=None, origin=Origin.ADMIN) as edition:
                    edition.begin()
                    _ = 1 // (0 if fails and number % 2 else 1)
        except BaseException as error:  # noqa: BLE001 - shown by the test below
            failures.append(error)
        finally:
            connection.close()

    writers = [threading.Thread(target=write, args=(fails,)) for fails in (False, True)]
    try:
        for writer in writers:
            writer.start()
        for writer in writers:
            writer.join(timeout=60)
        numbers = list(Revision.objects.filter(number__gt=base).order_by("number"))
    finally:
        cleaner = threading.Thread(target=_take_away, args=(base,))
        cleaner.start()
        cleaner.join()
    assert failures == []
    assert [revision.number for revision in numbers] == list(range(base + 1, base + 10))


def _take_away(base: int) -> None:
    Revision.objects.filter(number__gt=base).delete()
    connection.close()


def test_an_event_says_what_was_and_what_is(editor):
    variant = a_variant(name="Before")
    replacement = a_variant()
    with by_admin(editor, "The provider says so") as edition:
        changed = edition.change(
            variant,
            {
                "name": "After",
                "retires_on": START.date(),
                "replacement": replacement,
                "capabilities": ["streaming"],
            },
        )
    assert set(changed) == {"name", "retires_on", "replacement", "capabilities"}
    events = {next(iter(event.after)): event for event in edition.revision.events.all()}
    said = events["name"]
    assert (said.kind, said.subject, said.variant) == ("catalog", variant.model_id, variant)
    assert (said.before, said.after) == ({"name": "Before"}, {"name": "After"})
    assert said.summary == f"{variant}: name changed from Before to After"
    assert events["retires_on"].kind == ChangeKind.LIFECYCLE
    assert events["retires_on"].after == {"retires_on": "2026-12-24"}
    assert events["retires_on"].summary.endswith("changed from not stated to 2026-12-24")
    assert events["replacement"].after == {"replacement": replacement.model_id}
    assert events["capabilities"].before == {"capabilities": []}


def test_an_amount_in_an_event_is_a_plain_string():
    variant = a_variant()
    with by_admin() as edition:
        edition.record(
            ChangeKind.PRICE, variant, "x" * 600, before=Decimal("1E-9"), after=[Decimal("1.50"), START]
        )
    event = ChangeEvent.objects.get(revision=edition.revision)
    assert (event.before, event.after) == ("0.000000001", ["1.50", "2026-12-24T12:00:00+00:00"])
    assert len(event.summary) == 500


def test_records_are_rebuilt_of_the_touched_and_of_those_they_replace():
    replacement = a_variant(slug="next")
    variant = a_variant(replacement=replacement)
    stranger = a_variant()
    assert record_of(variant)["replacement_path"] == "/models/testfam/next"
    with by_admin() as edition:
        edition.change(replacement, {"slug": "moved", "context_window": 1000})
    assert record_of(replacement)["context_window"] == 1000
    assert record_of(variant)["replacement_path"] == "/models/testfam/moved"
    numbers = dict(Document.objects.values_list("variant_id", "revision"))
    now = edition.revision.number
    assert (numbers[replacement.pk], numbers[variant.pk]) == (now, now)
    assert numbers[stranger.pk] < now


def test_a_family_or_provider_that_changes_changes_its_models_records():
    variant = a_variant()
    with by_admin() as edition:
        edition.change(variant.family, {"name": "Renamed"})
        edition.change(variant.family.provider, {"name": "Renamed Labs"})
    record = record_of(variant)
    assert (record["family"]["name"], record["provider"]["name"]) == ("Renamed", "Renamed Labs")


def test_facets_follow_the_record():
    variant = a_variant(capabilities=["streaming", "vision"])
    with by_admin() as edition:
        edition.change(variant, {"capabilities": ["vision", "reasoning"]})

    def has(value):
        found = page(Selection(capability=(value,)), timezone.now(), 1_000).records
        return variant.model_id in {record["model_id"] for record in found}

    assert [value for value in ("reasoning", "streaming", "vision") if has(value)] == ["reasoning", "vision"]


def test_what_an_admin_sets_is_claimed_and_what_a_file_sets_is_not():
    variant = a_variant()
    with publish(actor=None, origin=Origin.FILE) as edition:
        edition.change(variant, {"context_window": 5})
        edition.claim(variant, "aliases")
    assert Variant.objects.get(pk=variant.pk).admin_fields == []
    with by_admin() as edition:
        edition.change(variant, {"name": "B", "context_window": 6})
        edition.claim(variant, "aliases")
        edition.claim(variant, "aliases")
    assert Variant.objects.get(pk=variant.pk).admin_fields == ["aliases", "context_window", "name"]


def test_a_former_slug_leads_to_where_the_model_is_now(client):
    variant = a_variant(slug="first")
    for slug in ("second", "third"):
        with by_admin() as edition:
            edition.change(variant, {"slug": slug})
    for old in ("first", "second"):
        answer = client.get(f"/models/testfam/{old}")
        assert (answer.status_code, answer["Location"]) == (301, "/models/testfam/third")
    assert client.get("/models/testfam/third").status_code == 200


def test_a_slug_that_is_taken_back_stands_again(client):
    variant = a_variant(slug="first")
    for slug in ("second", "first"):
        with by_admin() as edition:
            edition.change(variant, {"slug": slug})
    assert client.get("/models/testfam/first").status_code == 200
    assert client.get("/models/testfam/second")["Location"] == "/models/testfam/first"


def test_an_address_leads_to_whoever_had_it_last():
    earlier, later = a_variant(slug="shared"), None
    with by_admin() as edition:
        edition.change(earlier, {"slug": "earlier"})
    later = a_variant(slug="shared")
    with by_admin() as edition:
        edition.change(later, {"slug": "later"})
    assert lookup.moved_to("testfam", "shared") == "/models/testfam/later"


def test_a_model_that_moves_to_another_family_keeps_its_address(client):
    variant = a_variant(slug="first")
    with by_admin() as edition:
        edition.change(variant, {"family": a_family("otherfam")})
    assert client.get("/models/testfam/first")["Location"] == "/models/otherfam/first"


def test_a_family_that_gets_another_slug_keeps_its_models_addresses(client):
    variant = a_variant(slug="first")
    with by_admin() as edition:
        edition.change(variant.family, {"slug": "renamed"})
    assert client.get("/models/testfam/first")["Location"] == "/models/renamed/first"


def test_a_price_holds_from_its_first_instant_to_before_its_last():
    variant, step = a_variant(), timedelta(milliseconds=1)
    end = START + timedelta(days=7)
    first = a_price(variant, effective_from=START, effective_until=end)
    second = a_price(variant, effective_from=end, amount=Decimal(2))
    mine = Price.objects.filter(variant=variant)

    def holding(at: datetime) -> list[Price]:
        return list(mine.at(at))

    assert holding(START - step) == []
    assert holding(START) == holding(START + step) == holding(end - step) == [first]
    assert holding(end) == holding(end + timedelta(days=9999)) == [second]
    assert list(mine.after(START - step)) == [second, first]
    assert list(mine.after(START)) == [second]
