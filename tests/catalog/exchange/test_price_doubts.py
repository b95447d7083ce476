"""Since when a price holds, and whether its unit is stated: read, written, loaded again, and held back."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.document import begins_when_read
from catalog.exchange.dump import dump
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.exchange.write_toml import render
from catalog.models import ChangeEvent, Price, Variant
from catalog.pricing.quote import Usage
from catalog.publishing.build_records import rebuild
from catalog.publishing.price_changes import RefusedError, confirm_unit
from catalog.publishing.publish import publish
from catalog.records.facts import facts
from catalog.records.quote_warnings import quote_use
from catalog.search import lookup
from catalog.vocabulary import Origin
from catalog_files import write

pytestmark = pytest.mark.django_db

MODEL = """
[provider]
slug = "hummer"
name = "Hummer"

[[family]]
slug = "tune"
name = "Tune"

[[family.model]]
model_id = "tune-1"
modality = "video"
parameter = [{ action = "hum", name = "duration_seconds", type = "integer", enum = [6, 12] }]
"""
SOURCE = 'source = { url = "https://example.com", label = "Example", checked_on = 2026-11-22 }\n'
READ = f"""
[[family.model.price]]
kind = "list"
meter = "video_seconds"
amount = "0.08"
effective_from = 2026-11-22T00:00:00Z
{SOURCE}"""
DOUBTFUL = f"""
[[family.model.price]]
kind = "sell"
meter = "requests"
amount = "0.03"
unit_is_inferred = true
effective_from = 2026-11-22T00:00:00Z
{SOURCE}"""
NOW = datetime(2026, 11, 26, 12, tzinfo=UTC)


def read_rows(text):
    return catalog_file.parse((MODEL + text).encode(), "tune.toml").models[0].prices


def quoted(at=NOW, kind="sell", **usage):
    return quote_use(lookup.by_model_id("tune-1"), Usage(usage, at), kind).quote


def test_a_price_that_begins_when_it_was_read_is_on_record_since_then():
    (row,) = read_rows(READ)
    assert row.on_record_since == row.effective_from
    (earlier,) = read_rows(READ.replace("from = 2026-11-22", "from = 2026-08-16"))
    assert earlier.on_record_since is None
    (known,) = read_rows(f"{READ}on_record_since = false\n")
    assert known.on_record_since is None
    (said,) = read_rows(f"{READ.replace(SOURCE, '')}on_record_since = 2026-11-22T00:00:00Z\n")
    assert said.on_record_since == said.effective_from


def test_the_day_of_reading_is_one_of_utc():
    start = datetime.fromisoformat("2026-11-21T23:30:00-05:00")
    assert begins_when_read(start, date(2026, 11, 22))
    assert not begins_when_read(start, date(2026, 11, 21))


def test_what_is_held_back_is_judged_at_the_instant_of_the_publish(tmp_path):
    load_files([write(tmp_path, MODEL + f"{READ}effective_until = 2026-12-01T00:00:00Z\n" + DOUBTFUL)])
    price = Price.objects.get(kind="sell", variant__model_id="tune-1")
    assert price.is_held_back
    rebuild([price.variant_id], 1, datetime(2026, 12, 1, tzinfo=UTC))
    price.refresh_from_db()
    assert not price.is_held_back


def test_another_day_of_reading_is_refused():
    with pytest.raises(CatalogFileError, match="is not effective_from"):
        read_rows(f"{READ}on_record_since = 2026-11-23T00:00:00Z\n")


@pytest.mark.parametrize("more", ["", "on_record_since = false\n", "unit_is_inferred = true\n"])
def test_what_is_written_is_read_back(tmp_path, more):
    load_files([write(tmp_path, MODEL + READ + more)])
    before = Price.objects.get(variant__model_id="tune-1")
    text = render(dump())["hummer"]
    (row,) = catalog_file.parse(text.encode(), "hummer.toml").models[0].prices
    assert row.on_record_since == before.on_record_since
    assert bool(row.unit_is_inferred) == before.unit_is_inferred == ("unit" in more)
    report = load_files([write(tmp_path, MODEL + READ + more)])
    assert report.revision is None


def test_before_it_was_read_a_price_is_not_on_record_and_was_not_announced(tmp_path):
    load_files([write(tmp_path, MODEL + READ)])
    earlier = datetime(2026, 11, 1, tzinfo=UTC)
    (unpriced,) = quoted(earlier, "list", video_seconds=1).unpriced
    assert (unpriced.reason, unpriced.words) == ("not_on_record", "Not on record at that time")
    then = facts(lookup.by_model_id("tune-1"), earlier)
    assert (then.announced, then.is_read_later) == ([], True)
    assert quoted(kind="list", video_seconds=1).total == Decimal("0.08")


def test_a_price_in_force_since_a_known_day_is_announced_before_it(tmp_path):
    load_files([write(tmp_path, MODEL + READ + "on_record_since = false\n")])
    earlier = datetime(2026, 11, 1, tzinfo=UTC)
    assert quoted(earlier, "list", video_seconds=1).unpriced[0].reason == "not_published"
    assert len(facts(lookup.by_model_id("tune-1"), earlier).announced) == 1


def test_a_file_that_learns_more_of_a_price_changes_only_that_and_says_so(tmp_path):
    load_files([write(tmp_path, MODEL + READ)])
    learned = MODEL + READ + "on_record_since = false\nunit_is_inferred = true\n"
    report = load_files([write(tmp_path, learned)])
    (line,) = report.plan.lines
    assert "in force since then; unit inferred" in line.said
    price = Price.objects.get(variant__model_id="tune-1")
    assert (price.on_record_since, price.unit_is_inferred) == (None, True)
    event = ChangeEvent.objects.order_by("-pk").first()
    assert event.before == {"on_record_since": "2026-11-22T00:00:00Z", "unit_is_inferred": False}
    assert event.after == {"on_record_since": None, "unit_is_inferred": True}
    # A file that says nothing of the unit leaves it.
    load_files([write(tmp_path, MODEL + READ + "on_record_since = false\n")])
    price.refresh_from_db()
    assert price.unit_is_inferred


def test_an_inferred_unit_below_a_tenth_of_the_list_price_is_held_back(tmp_path):
    # 0.03 for a call of at least 6 seconds, of which the provider's own price is 0.48.
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    price = Price.objects.get(kind="sell", variant__model_id="tune-1")
    assert (price.unit_is_inferred, price.is_held_back) == (True, True)
    warned = quote_use(lookup.by_model_id("tune-1"), Usage({"requests": 1}, NOW), "sell")
    assert (warned.quote.total, [row.code for row in warned.warnings]) == (None, ["held_back"])
    record = lookup.by_model_id("tune-1")
    # Without a choice the list price stands in, and why is said.
    fallen = quote_use(record, Usage({"video_seconds": 10}, NOW))
    assert (fallen.quote.total, [row.code for row in fallen.warnings]) == (
        Decimal("0.8"),
        ["list_price", "held_back"],
    )
    assert [row["kind"] for row in facts(record, NOW).prices] == ["list"]
    (row,) = [row for row in record["prices"] if row["kind"] == "sell"]
    assert (row["unit_is_inferred"], row["is_held_back"]) == (True, True)


@pytest.mark.parametrize(
    ("amount", "is_held_back"), [("0.03", True), ("0.047999999", True), ("0.048", False), ("0.1", False)]
)
def test_a_tenth_of_the_list_price_is_exact(tmp_path, amount, is_held_back):
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL.replace("0.03", amount))])
    assert Price.objects.get(kind="sell", variant__model_id="tune-1").is_held_back is is_held_back


def test_a_usual_call_has_the_default_length(tmp_path):
    usual = MODEL.replace("enum = [6, 12] }", "minimum = 1, default = 6 }")
    load_files([write(tmp_path, usual + READ + DOUBTFUL)])
    assert Price.objects.get(kind="sell", variant__model_id="tune-1").is_held_back


ACTIONS = MODEL.replace(
    "parameter = [",
    'parameter = [{ action = "drum", name = "duration_seconds", type = "integer", enum = [1] },',
)


@pytest.mark.parametrize(
    ("model", "more", "is_held_back"),
    [
        (ACTIONS, "", False),
        (ACTIONS, 'conditions = { action = "drum" }\n', False),
        # A call of this action has six seconds at least, whatever another has.
        (ACTIONS, 'conditions = { action = "hum" }\n', True),
        (MODEL.replace("integer", "number").replace("enum = [6, 12] }", "default = 6.5 }"), "", True),
    ],
)
def test_a_usual_call_is_one_of_the_action_with_any_number(tmp_path, model, more, is_held_back):
    load_files([write(tmp_path, model + READ + DOUBTFUL + more)])
    assert Price.objects.get(kind="sell", variant__model_id="tune-1").is_held_back is is_held_back


def test_a_list_price_that_has_ended_says_nothing_of_the_unit(tmp_path):
    past = READ.replace("0.08", "0.001").replace("from = 2026-11-22", "from = 2026-01-01")
    load_files([write(tmp_path, MODEL + past + READ + DOUBTFUL)])
    assert Price.objects.get(kind="sell", variant__model_id="tune-1").is_held_back


def test_a_price_that_follows_one_in_an_inferred_unit_is_in_it_too(tmp_path):
    later = (
        DOUBTFUL.replace("0.03", "0.04").replace("unit_is_inferred = true\n", "").replace("11-22T", "11-25T")
    )
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL + later)])
    (last,) = Price.objects.filter(variant__model_id="tune-1", kind="sell", effective_until=None)
    assert (last.unit_is_inferred, last.is_held_back) == (True, True)
    text = render(dump())["hummer"]
    assert text.count("unit_is_inferred = true") == 2
    assert load_files([write(tmp_path, text)]).revision is None


@pytest.mark.parametrize("steps", [1, 2])
def test_an_inferred_unit_outlives_a_promotion_of_a_file(tmp_path, steps):
    plain = DOUBTFUL.replace("unit_is_inferred = true\n", "")
    promotion = plain.replace("11-22T", "11-24T").replace("0.03", "0.02")
    promotion += "promotion = true\neffective_until = 2026-11-25T00:00:00Z\n"
    again = plain.replace("11-22T", "11-25T")
    if steps == 2:
        load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL + promotion + again)])
    rows = Price.objects.filter(variant__model_id="tune-1", kind="sell")
    assert [row.unit_is_inferred for row in rows] == [True, True, True]


@pytest.mark.parametrize("is_stepwise", [True, False])
def test_a_file_may_say_that_the_unit_is_stated_from_now_on(tmp_path, is_stepwise):
    later = DOUBTFUL.replace("0.03", "0.04").replace("= true", "= false").replace("11-22T", "11-25T")
    if is_stepwise:
        load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL + later)])
    (last,) = Price.objects.filter(variant__model_id="tune-1", kind="sell", effective_until=None)
    assert not last.unit_is_inferred
    text = render(dump())["hummer"]
    assert text.count("unit_is_inferred = false") == 1
    assert load_files([write(tmp_path, text)]).revision is None


def test_without_a_list_price_nothing_is_held_back(tmp_path):
    load_files([write(tmp_path, MODEL + DOUBTFUL)])
    assert quoted(requests=1).total == Decimal("0.03")


def test_a_confirmed_unit_is_quoted_and_stays_confirmed(tmp_path):
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    price = Price.objects.get(kind="sell", variant__model_id="tune-1")
    with publish(actor=None, origin=Origin.ADMIN, reason="Unit confirmed") as edition:
        confirm_unit(edition, price)
    assert quoted(requests=1).total == Decimal("0.03")
    event = ChangeEvent.objects.order_by("-pk").first()
    assert event.summary == "tune-1: price of requests: unit confirmed, $0.03 per request"
    assert event.before == {"unit_is_inferred": True, "is_held_back": True}
    assert load_files([write(tmp_path, MODEL + READ + DOUBTFUL)]).revision is None
    record = lookup.by_model_id("tune-1")
    assert not any(row["unit_is_inferred"] for row in record["prices"])
    with (
        pytest.raises(RefusedError, match="confirmed already"),
        publish(actor=None, origin=Origin.ADMIN, reason="Again") as edition,
    ):
        confirm_unit(edition, Price.objects.get(pk=price.pk))


def test_what_is_held_back_is_shown_with_its_doubt_and_ranks_nowhere(tmp_path, client):
    load_files([write(tmp_path, MODEL + READ + DOUBTFUL)])
    path = Variant.objects.get(model_id="tune-1").path
    page = client.get(path).content.decode()
    assert "Not quoted: unit inferred, and below a tenth of the list price" in page
    assert "charges for tune-1 is not quoted, as its unit is inferred." in page
    assert "On record since" in page
    assert ">unit inferred</small>" in page
    assert "(unit inferred)" in client.get(f"{path}.md").content.decode()
    assert "$0.03" not in client.get("/pricing?q=tune-1").content.decode()
    body = client.get("/api/v1/models/tune-1").json()
    assert [row["kind"] for row in body["prices"]] == ["list"]
    rows = client.get("/api/v1/models/tune-1/prices?history=true").json()["items"]
    assert {row["is_held_back"] for row in rows} == {True, False}


def test_pages_of_an_earlier_day_say_that_nothing_is_on_record(tmp_path, client):
    load_files([write(tmp_path, MODEL + READ)])
    path = Variant.objects.get(model_id="tune-1").path
    page = client.get(f"{path}?at=2026-11-01").content.decode()
    assert "is on record at that time" in page
    assert "Announced, not yet in force" not in page
    assert (
        "Not on record at that time"
        in client.get(
            f"/prices/{Price.objects.get(variant__model_id='tune-1').pk}?at=2026-11-01"
        ).content.decode()
    )
