"""Loading is one transaction with a plan: nothing is lost, and an admin's word stands."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from catalog.exchange import catalog_file, load
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.exchange.plan import plan
from catalog.models import Document, Provider, Revision, Variant
from catalog.publishing import publish
from catalog.publishing.price_changes import Successor, succeed
from catalog.records.record import read_record
from catalog.vocabulary import Origin, PriceState
from catalog_files import SMALL, write

pytestmark = pytest.mark.django_db


@pytest.fixture
def loaded(tmp_path):
    """The small catalog, loaded."""
    return load_files([write(tmp_path)])


def reload(tmp_path, before: str, after: str, **options):
    """Load the small catalog again, with a change."""
    assert SMALL.count(before) == 1, before
    return load_files([write(tmp_path, SMALL.replace(before, after))], **options)


def beacon() -> Variant:
    return Variant.objects.get(model_id="beacon-2")


def test_everything_a_file_states_is_on_record(loaded):
    model = beacon()
    assert loaded.revision == publish.current_revision()[0]
    assert (model.slug, model.context_window, model.released_on) == ("2", 200_000, date(2026, 3, 1))
    assert [alias.alias_id for alias in model.aliases.all()] == ["beacon-latest"]
    assert model.prices.get().amount == Decimal("1.875")
    assert Variant.objects.get(model_id="beacon-1").replacement == model
    record = read_record(Document.objects.get(variant=model).body)
    assert record["prices"][0]["amount"] == "1.875"
    assert record["sources"][0]["field"] == "context_window"


def test_the_second_time_there_is_nothing_to_do(loaded, tmp_path):
    again = load_files([write(tmp_path)])
    assert again.revision is None
    assert again.plan.lines == []
    assert publish.current_revision()[0] == loaded.revision


def test_a_changed_field_is_one_event_and_a_fresh_record(loaded, tmp_path):
    again = reload(tmp_path, "context_window = 200000", "context_window = 400000")
    assert [line.said for line in again.plan.lines] == ["context_window: 200000 → 400000"]
    event = Revision.objects.get(number=again.revision).events.get()
    assert (event.before, event.after) == ({"context_window": 200_000}, {"context_window": 400_000})
    assert read_record(Document.objects.get(variant=beacon()).body)["context_window"] == 400_000


def test_what_a_file_no_longer_states_is_kept(loaded, tmp_path):
    again = reload(tmp_path, "context_window = 200000\n", "")
    assert again.revision is None
    assert beacon().context_window == 200_000


def test_a_model_that_a_file_no_longer_names_is_kept(loaded, tmp_path):
    tail = SMALL[SMALL.index('\n[[family.model]]\nmodel_id = "beacon-1"') :]
    assert reload(tmp_path, tail, "").revision is None
    assert Variant.objects.filter(model_id="beacon-1").exists()


def test_a_list_that_a_file_states_takes_the_place_of_the_one_on_record(loaded, tmp_path):
    reload(tmp_path, 'aliases = ["beacon-latest"]', 'aliases = ["beacon-stable"]')
    assert [alias.alias_id for alias in beacon().aliases.all()] == ["beacon-stable"]


def test_what_an_admin_set_is_left_alone_and_said(loaded, tmp_path):
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(beacon(), {"context_window": 123})
    again = reload(tmp_path, 'name = "Beacon 2"', 'name = "Beacon Two"')
    assert [(line.verb, line.said) for line in again.plan.lines] == [
        ("change", "name: Beacon 2 → Beacon Two"),
        ("conflict", "context_window: set in the admin, left alone"),
    ]
    assert (beacon().name, beacon().context_window) == ("Beacon Two", 123)


def test_force_overwrites_what_an_admin_set_once(loaded, tmp_path):
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(beacon(), {"context_window": 123})
    load_files([write(tmp_path)], force=True)
    assert (beacon().context_window, beacon().admin_fields) == (200_000, [])


def test_a_new_amount_is_a_successor_from_its_day_on(loaded, tmp_path):
    text = SMALL.replace('"1.875"', '"2"').replace("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z")
    load_files([write(tmp_path, text)])
    old, new = beacon().prices.order_by("effective_from")
    june = datetime(2026, 6, 1, tzinfo=UTC)
    assert (old.amount, old.effective_until) == (Decimal("1.875"), june)
    assert (new.amount, new.effective_from, new.effective_until) == (Decimal(2), june, None)
    assert beacon().prices.at(june - timedelta(milliseconds=1)).get() == old
    assert beacon().prices.at(june).get() == new
    assert load_files([write(tmp_path, text)]).revision is None
    # The file as it was before is older news, and changes nothing.
    assert load_files([write(tmp_path)]).revision is None


def test_another_amount_at_the_same_instant_is_a_conflict(loaded, tmp_path):
    again = reload(tmp_path, '"1.875"', '"1.88"')
    assert again.revision is None
    assert [line.verb for line in again.plan.lines] == ["conflict"]
    assert "never edited" in again.plan.lines[0].said
    assert beacon().prices.get().amount == Decimal("1.875")


def test_the_same_amount_read_later_moves_the_day_of_the_check_only(loaded, tmp_path):
    text = SMALL.replace("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z")
    load_files([write(tmp_path, text.replace("checked_on = 2026-01-01", "checked_on = 2026-06-01"))])
    price = beacon().prices.get()
    assert (price.effective_from.month, price.checked_on) == (1, date(2026, 6, 1))


def test_a_price_set_in_the_admin_is_not_succeeded_by_a_file(loaded, tmp_path):
    march = datetime(2026, 3, 1, tzinfo=UTC)
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        old = beacon().prices.get()
        dearer = old.value.becoming(PriceState.KNOWN, Decimal("1.9"))
        succeed(edition, old, Successor(dearer, march, "https://labs.example", "Price list", "Dearer"))
    text = SMALL.replace('"1.875"', '"2"').replace("2026-01-01T00:00:00Z", "2026-06-01T00:00:00Z")
    assert [line.verb for line in load_files([write(tmp_path, text)]).plan.lines] == ["conflict"]
    assert beacon().prices.count() == 2
    load_files([write(tmp_path, text)], force=True)
    assert beacon().prices.count() == 3


def test_history_and_announcements_load_as_a_chain(tmp_path):
    later = timezone.now() + timedelta(days=30)
    block = SMALL[
        SMALL.index("[[family.model.price]]") : SMALL.index('[[family.model]]\nmodel_id = "beacon-1"')
    ]
    announced = block.replace('"1.875"', '"3"').replace("2026-01-01T00:00:00Z", f"{later:%Y-%m-%d}T00:00:00Z")
    load_files([write(tmp_path, SMALL.replace(block, announced + block))])
    first, second = beacon().prices.order_by("effective_from")
    assert first.effective_until == second.effective_from
    assert beacon().prices.at(timezone.now()).get() == first


@pytest.mark.parametrize(
    ("before", "after", "message"),
    [
        ('model_id = "beacon-1"', 'model_id = "beacon-2"', "stands in example-labs.toml:16 already"),
        ('replacement = "beacon-2"', 'replacement = "beacon-9"', "no other model of the catalog"),
        ('replacement = "beacon-2"', 'replacement = "beacon-1"', "no other model of the catalog"),
        ('aliases = ["beacon-latest"]', 'aliases = ["beacon-1"]', "already names beacon-1"),
        ('model_id = "beacon-1"', 'model_id = "beacon-1"\nslug = "2"', "the slug '2' is beacon-2's"),
        (
            'model_id = "beacon-1"',
            'model_id = "linden-ballad-4-5-20250929"',
            "belongs to the family linden on record",
        ),
        (
            'model_id = "beacon-1"',
            'model_id = "linden-ballad-4-5"',
            "is an alias of linden-ballad-4-5-20250929",
        ),
        ('slug = "beacon"', 'slug = "linden"', "belongs to arbor on record"),
        (
            "released_on = 2026-03-01",
            "released_on = 2026-03-01\nretires_on = 2026-02-01",
            "lies before released_on",
        ),
    ],
)
def test_a_contradiction_stops_the_load_and_changes_nothing(tmp_path, before, after, message):
    number = publish.current_revision()[0]
    with pytest.raises(CatalogFileError, match=message):
        reload(tmp_path, before, after)
    assert publish.current_revision()[0] == number
    assert not Provider.objects.filter(slug="example-labs").exists()


def test_two_prices_at_one_time_stop_the_load(tmp_path):
    block = SMALL[
        SMALL.index("[[family.model.price]]") : SMALL.index('[[family.model]]\nmodel_id = "beacon-1"')
    ]
    with pytest.raises(CatalogFileError, match=r"two sell prices of input_tokens .* hold on 2026-01-01"):
        load_files([write(tmp_path, SMALL.replace(block, block + block))])


def test_two_sell_prices_that_tie_stop_the_load(tmp_path):
    block = SMALL[
        SMALL.index("[[family.model.price]]") : SMALL.index('[[family.model]]\nmodel_id = "beacon-1"')
    ]
    batch = block.replace('amount = "1.875"', 'amount = "1"\nconditions = { service_tier = "batch" }')
    region = block.replace('amount = "1.875"', 'amount = "2"\nconditions = { region = "eu" }')
    with pytest.raises(CatalogFileError, match="tie: give one of them a further condition"):
        load_files([write(tmp_path, SMALL.replace(block, block + batch + region))])
    load_files([write(tmp_path, SMALL.replace(block, block + (batch + region).replace('"sell"', '"list"')))])
    assert beacon().prices.count() == 3


def test_records_are_rebuilt_from_their_rows(loaded, capsys):
    held = Document.objects.get(variant=beacon())
    Document.objects.filter(pk=held.pk).update(body="{}")
    call_command("rebuild_records")
    assert "239 models" in capsys.readouterr().out or Variant.objects.count() != 239
    assert Document.objects.get(pk=held.pk).body == held.body


def test_a_plan_that_has_become_another_is_not_carried_out(loaded, tmp_path):
    found = plan(catalog_file.read([write(tmp_path, SMALL.replace("200000", "400000"))]))
    with publish.publish(actor=None, origin=Origin.ADMIN) as edition:
        edition.change(beacon(), {"context_window": 123})
    with pytest.raises(CatalogFileError, match="changed since the plan was made"):
        load.apply(found, reason="Late")
    assert beacon().context_window == 123


def test_a_fault_in_the_middle_leaves_nothing(tmp_path, monkeypatch):
    def fail(*_args):
        raise RuntimeError

    monkeypatch.setattr(load._Loader, "_prices", fail)
    with pytest.raises(RuntimeError):
        load_files([write(tmp_path)])
    assert not Provider.objects.filter(slug="example-labs").exists()


def test_a_broken_file_among_good_ones_changes_nothing(tmp_path):
    good, bad = write(tmp_path), write(tmp_path, "[provider]\nslug = 1", "bad.toml")
    with pytest.raises(CommandError) as caught:
        call_command("import_catalog", str(good), str(bad))
    assert str(caught.value).startswith("bad.toml:2: provider.slug: 1 is not a text")
    assert "Nothing was changed." in str(caught.value)
    assert not Provider.objects.filter(slug="example-labs").exists()


def test_a_dry_run_prints_the_plan_and_stops(tmp_path, capsys):
    call_command("import_catalog", str(write(tmp_path)), "--dry-run")
    said = capsys.readouterr().out
    assert "4 new" in said
    assert "+ beacon-2: added, 1 price [example-labs.toml:16]" in said
    assert not Provider.objects.filter(slug="example-labs").exists()


def test_a_missing_file_is_named(tmp_path):
    with pytest.raises(CommandError, match=r"absent\.toml"):
        call_command("import_catalog", str(tmp_path / "absent.toml"))


def test_the_bundled_catalog_stays_away_from_a_catalog_that_is_there(capsys):
    call_command("load_catalog", "--if-empty")
    assert "the bundled one is not loaded" in capsys.readouterr().out
