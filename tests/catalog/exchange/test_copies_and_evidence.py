"""Copies have a day of their own, and what they say as evidence is no change of the catalog."""

import json
import os
from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command

from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.exchange.load import load_files
from catalog.history.changes import newest
from catalog.models import (
    Alias,
    ChangeEvent,
    Document,
    Price,
    Revision,
    SourceClaim,
    Variant,
    Webhook,
    WebhookDelivery,
)
from catalog.pricing.quote import Usage
from catalog.records.price_rows import price_rows
from catalog.records.quote_warnings import quote_use
from catalog.records.record import read_record
from catalog_files import write
from other_catalogs import AT, PIECES, load_known_models, parsed

pytestmark = pytest.mark.django_db

ROW = {"litellm_provider": "acme", "mode": "chat", "input_cost_per_token": 1e-06}


def imported(format_, content, mode="models", at=AT, **options):
    plan = prepare(ImportScope(format_, mode, **options), json.dumps(content).encode(), f"{format_}.json", at)
    carry_out(plan, reason="Test")
    return plan


def record(model_id):
    return read_record(Document.objects.get(variant__model_id=model_id).body)


def routed(id_, **more):
    pricing = {"prompt": "0.000003", "completion": "0.000015"}
    return {"id": id_, "name": "A name", "pricing": pricing, "architecture": {}, **more}


def test_evidence_leaves_a_revision_and_nothing_that_the_public_reads(client):
    load_known_models()
    Webhook.objects.create(
        url="https://hooks.example/x", kinds=["catalog", "price"], created_at=AT, prices_until=AT
    )
    events, feed, home = ChangeEvent.objects.count(), client.get("/changes.atom").content, newest(50)
    plan = imported("litellm", parsed("litellm"), mode="evidence")
    assert plan.names
    assert SourceClaim.objects.exists()
    assert Revision.objects.order_by("-number").first().reason == "Test"
    assert ChangeEvent.objects.count() == events
    assert not WebhookDelivery.objects.exists()
    assert newest(50) == home
    assert client.get("/changes.atom").content == feed


@pytest.fixture
def _rose(tmp_path):
    load_files([write(tmp_path, MODEL)])


@pytest.mark.usefixtures("_rose")
def test_a_row_behind_its_author_is_matched_however_it_is_spelt():
    rows = [routed("acmelabs/Rose-1.5"), routed("stranger/rose-1.5"), routed("acmelabs/rose-1.5:free")]
    plan = imported("openrouter", {"data": rows}, mode="evidence")
    assert set(plan.names.values()) == {"rose-1-5"}
    assert plan.unmatched == ["openrouter/stranger/rose-1.5", "openrouter/acmelabs/rose-1.5:free"]


@pytest.mark.usefixtures("_rose")
def test_an_older_copy_takes_nothing_back():
    rows = [routed("acme-labs/rose-1-5", context_length=200_000)]
    imported("openrouter", {"data": rows}, mode="evidence")
    rows = [routed("acme-labs/rose-1-5", context_length=100_000, name="Older")]
    older = imported("openrouter", {"data": rows}, mode="evidence", at=AT - timedelta(days=30))
    assert older.is_empty
    assert SourceClaim.objects.get(field="context_window").value == 200_000


def test_a_copy_is_of_the_day_that_is_said_else_of_its_files(tmp_path, capsys):
    file = tmp_path / "map.json"
    file.write_text(json.dumps({"acme/rose": ROW}))
    call_command("import_catalog", str(file), "--from", "litellm", "--as-of", "2026-08-22")
    price = Price.objects.get(variant__model_id="acme/rose")
    assert price.checked_on == date(2026, 8, 22)
    assert price.effective_from == price.on_record_since == datetime(2026, 8, 22, tzinfo=UTC)
    file.write_text(json.dumps({"acme/tulip": ROW}))
    written = datetime(2026, 9, 3, 12, tzinfo=UTC)
    os.utime(file, (written.timestamp(), written.timestamp()))
    call_command("import_catalog", str(file), "--from", "litellm")
    assert Price.objects.get(variant__model_id="acme/tulip").effective_from == written
    file.write_text(json.dumps({"acme/lily": ROW}))
    later = datetime(2036, 1, 1, tzinfo=UTC).timestamp()
    os.utime(file, (later, later))
    call_command("import_catalog", str(file), "--from", "litellm")
    now = Variant.objects.get(model_id="acme/lily").prices.get().effective_from
    assert now.year < 2036, "no copy is of a time to come"
    capsys.readouterr()
    with pytest.raises(CommandError, match="a copy cannot be of a day to come"):
        call_command("import_catalog", str(file), "--from", "litellm", "--as-of", "2199-01-01")
    with pytest.raises(CommandError, match="--as-of"):
        call_command("import_catalog", str(file), "--as-of", "2026-01-01")


def test_an_upload_is_of_the_day_that_its_form_names(admin_client):
    def upload(**more):
        with (PIECES / "litellm.json").open("rb") as file:
            form = {"format": "litellm", "mode": "models", "file": file, **more}
            return admin_client.post("/admin/catalog/importfile/upload/", form)

    answer = upload(as_of="2026-08-22")
    plan = admin_client.get(answer.url)
    page = plan.content.decode()
    digest = page.split('name="plan" value="')[1].split('"')[0]
    admin_client.post(answer.url, {"plan": digest, "_apply": "1"})
    read = {price.checked_on for price in Price.objects.filter(source_label="LiteLLM")}
    assert read == {date(2026, 8, 22)}
    assert "A copy cannot be of a day to come." in upload(as_of="2199-01-01").content.decode()


def test_aliases_are_added_to_a_model_on_record_and_one_that_names_another_is_refused():
    imported("litellm", {"acme/rose": ROW, "acme/tulip": ROW})
    Alias.objects.create(variant=Variant.objects.get(model_id="acme/tulip"), alias_id="acme/flower")
    rows = {
        "acme/rose": ROW,
        "acme/newest": {"alias_of": "acme/rose"},
        "acme/flower": {"alias_of": "acme/rose"},
    }
    plan = imported("litellm", rows, at=AT + timedelta(days=1))
    (refused,) = plan.refused
    assert (refused.subject, "names acme/tulip here" in refused.reason) == ("acme/flower", True)
    assert "aliases: acme/newest added" in [line.said for line in plan.lines]
    assert record("acme/rose")["aliases"] == ["acme/newest"]
    assert imported("litellm", rows, at=AT + timedelta(days=1)).is_empty


def test_a_price_beside_which_something_is_omitted_says_so_in_quotes_pages_and_files(client, tmp_path):
    imported("litellm", {"acme/rose": {**ROW, "input_cost_per_video_token": 2e-06}})
    text = "Not complete: LiteLLM also prices input_cost_per_video_token, which is not recorded here."
    rose = record("acme/rose")
    assert len(price_rows(rose)) == 1
    quote = quote_use(rose, Usage({"input_tokens": 1_000_000}, at=AT + timedelta(days=1)))
    assert ("not_complete", text) in [(warning.code, warning.message) for warning in quote.warnings]
    answer = client.get("/api/v1/quote?model=acme/rose&input_tokens=1").json()
    assert text in [warning["message"] for warning in answer["warnings"]]
    prices = client.get("/api/v1/models/acme/rose/prices").json()["items"]
    assert [price["omits"] for price in prices] == ["input_cost_per_video_token"]
    assert text in client.get(Variant.objects.get(model_id="acme/rose").path).content.decode()
    call_command("export_catalog", str(tmp_path), "--to", "toml")
    written = (tmp_path / "acme.toml").read_text()
    assert 'omits = "input_cost_per_video_token"' in written
    assert load_files([tmp_path / "acme.toml"]).plan.is_empty
    later = imported("litellm", {"acme/rose": ROW}, at=AT + timedelta(days=1))
    assert [line.verb for line in later.lines] == ["change"]
    price = Price.objects.get(variant__model_id="acme/rose")
    assert price.omits == "", "a later copy prices nothing else"
    assert price.on_record_since == AT, "and knows no more of its beginning"


def test_a_file_may_say_what_its_source_also_prices(tmp_path):
    price = (
        '[[family.model.price]]\nkind = "list"\nmeter = "input_tokens"\namount = "1"\n'
        'effective_from = 2026-01-01T00:00:00Z\nomits = "images"\n'
    )
    load_files([write(tmp_path, MODEL + price)])
    assert Price.objects.get(variant__model_id="rose-1-5").omits == "images"


MODEL = """
[provider]
slug = "acme-labs"
name = "Acme Labs"
[[family]]
slug = "rose"
name = "Rose"
[[family.model]]
model_id = "rose-1-5"
modality = "text"
"""
