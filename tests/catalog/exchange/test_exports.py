"""Exports hold what the catalog does, exactly, in words that their own clients read; the rest is reported."""

import csv
import io
import json
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

import hostile
from catalog.exchange.exports import tables
from catalog.exchange.exports.base import ExportScope, Offered, read_seller
from catalog.exchange.exports.fingerprint import unchanged_since
from catalog.exchange.exports.openrouter import model as openrouter_model
from catalog.exchange.exports.writing import WRITERS, export
from catalog.exchange.registry import FORMATS, READABLE
from catalog.models import Document
from catalog.pricing.quote import PriceRow, Usage, quote
from catalog.records.facts import facts
from catalog.records.price_rows import price_rows
from exported import AT, USES, records, written
from factories import a_price, a_record

pytestmark = pytest.mark.django_db


def ids(name, content):
    if name == "models-dev":
        (provider,) = json.loads(content).values()
        return set(provider["models"])
    if name == "litellm":
        return set(json.loads(content))
    if name == "genai-prices":
        return {row["id"] for row in json.loads(content)[0]["models"]}
    if name == "csv":
        return {
            row["model_id"].removeprefix("'")
            for row in csv.DictReader(io.StringIO(content.decode(), newline=""))
        }
    if name == "jsonl":
        return {json.loads(line)["model_id"] for line in content.splitlines()}
    if name == "toml":
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            texts = [archive.read(each).decode() for each in archive.namelist()]
        return {
            line.split('"')[1]
            for text in texts
            for line in text.splitlines()
            if line.startswith("model_id =")
        }
    return {row["id"] for row in json.loads(content)["data"]}


@pytest.mark.parametrize("kind", ["sell", "list"])
@pytest.mark.parametrize("name", WRITERS)
def test_every_model_served_is_written_or_left_out_for_a_reason(name, kind):
    content, report = written(name, kind)
    found = ids(name, content)
    everything = set(Document.objects.values_list("variant__model_id", flat=True))
    assert not found & report.left_out.keys()
    assert found | report.left_out.keys() == (everything if name == "toml" else set(records()))
    assert report.written == len(found)
    assert all(report.left_out.values())


@pytest.mark.parametrize("name", WRITERS)
def test_each_price_is_written_or_lost_for_a_reason(name):
    """No price goes missing without a word: what our reader finds again and what is lost is all there is."""
    if name not in READABLE:
        return
    content, report = written(name)
    reading = FORMATS[name].read(content, f"{name}.json", AT)
    assert not reading.refused
    again = {entry.model_id.partition("/")[2]: entry for entry in reading.document.models}
    lost = {id_ for (what, _), models in report.lost.items() if what.startswith("price") for id_ in models}
    checked, known = 0, records()
    for id_, entry in again.items():
        record = known[id_]
        rows = [
            PriceRow(number, price.value, price.effective_from - timedelta(days=1), price.effective_until)
            for number, price in enumerate(entry.prices)
        ]
        for usage in USES:
            for meter, count in usage.items():
                asked = Usage({**usage, meter: count}, AT)
                mine, theirs = (_line(found, asked, meter) for found in (price_rows(record), rows))
                if theirs is None:
                    assert mine is None or id_ in lost, (id_, meter)
                else:
                    assert theirs.amount == mine.amount, (id_, usage, meter)
                    checked += 1
    assert checked > 100


def _line(rows, usage, meter):
    return next((line for line in quote(rows, usage, "list").lines if line.meter == meter), None)


def offered(*prices, **record):
    row = a_record("m", prices=list(prices), released_on="2026-01-02", **record)
    return Offered(facts(row, AT), "sell")


def test_dynamic_is_minus_one_free_is_zero_and_unknown_is_neither():
    both = offered(
        a_price(state="dynamic", amount=None), a_price(meter="output_tokens", state="free", amount="0")
    )
    pricing = openrouter_model(both, read_seller("sell"))["pricing"]
    assert (pricing["prompt"], pricing["completion"]) == ("-1", "0")
    unknown = offered(a_price())
    assert openrouter_model(unknown, read_seller("sell")) is None
    assert "completion" in unknown.lost[0][1]


def test_conditions_go_where_the_shape_has_a_place_and_else_into_the_report():
    both = offered(
        a_price(amount="3"),
        a_price(amount="15", meter="output_tokens"),
        a_price(amount="6", conditions={"prompt_tokens_over": 200_000}),
        a_price(amount="1", conditions={"utc_window": ["16:30", "00:30"]}),
        a_price(amount="1.5", conditions={"service_tier": "batch"}),
    )
    pricing = openrouter_model(both, read_seller("sell"))["pricing"]
    assert pricing["overrides"] == [
        {"min_prompt_tokens": 200_000, "prompt": "0.000006"},
        {"utc_start": 1630, "utc_end": 30, "prompt": "0.000001"},
    ]
    assert [what for what, _ in both.lost] == ["price of input_tokens by service_tier"]


def test_another_currency_is_never_written_as_dollars():
    euro = offered(a_price(currency="EUR"), a_price(meter="output_tokens"))
    assert openrouter_model(euro, read_seller("sell")) is None


@pytest.mark.parametrize("kind", ["model_ids", "prompts"])
def test_no_cell_is_a_formula_and_every_cell_is_read_back(kind):
    words = [word.replace("\0", "") for word in hostile.entries(kind)]
    line = tables._line(words).decode()
    (cells,) = csv.reader(io.StringIO(line, newline=""))
    assert len(cells) == len(words)
    for word, cell in zip(words, cells, strict=True):
        assert not cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        assert cell in {word, f"'{word}"}


def test_a_formula_would_be_seen():
    assert any(word.startswith("=") for word in hostile.entries("model_ids"))
    assert tables.safe("=1+1") == "'=1+1"


def test_our_own_files_come_back_as_they_were(tmp_path):
    content, report = written("toml", None)
    assert report.losses == 0
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        archive.extractall(tmp_path)
    assert written("toml", None)[0] == content, "the same catalog is the same bytes"
    files = sorted(str(path) for path in tmp_path.glob("*.toml"))
    out = io.StringIO()
    call_command("import_catalog", *files, "--dry-run", stdout=out)
    assert "Plan: 0 new, 0 changed" in out.getvalue()


@pytest.mark.parametrize("name", [name for name in WRITERS if name != "toml"])
def test_the_queries_do_not_grow_with_the_models(name):
    with CaptureQueriesContext(connection) as found:
        written(name)
    assert len(found) == 1


def test_the_instant_decides_which_prices_and_models_there_are():
    out = io.BytesIO()
    export("litellm", ExportScope(datetime(2020, 1, 1, tzinfo=UTC), "list"), out)
    assert not any("input_cost_per_token" in row for row in json.loads(out.getvalue()).values())
    with_retired = ids("litellm", written("litellm", retired=True)[0])
    assert set(records()) < with_retired
    since, boundary = unchanged_since(AT)
    assert since <= AT < boundary


def test_the_command_writes_a_file_and_says_what_is_lost(tmp_path, capsys):
    path = tmp_path / "map.json"
    call_command("export_catalog", str(path), "--to", "litellm", "--kind", "list", "--at", "2026-11-24")
    said = capsys.readouterr().out
    assert "Wrote " in said
    assert "This shape never holds" in said
    assert json.loads(path.read_text())
    call_command("export_catalog", str(path), "--to", "openrouter", "--json")
    report = json.loads(capsys.readouterr().out)
    assert report["served"] == report["written"] + len(report["left_out"])
    with pytest.raises(CommandError, match="write 2026-11-01"):
        call_command("export_catalog", str(path), "--to", "csv", "--at", "soon")
    with pytest.raises(CommandError, match="cannot be written"):
        call_command("export_catalog", str(tmp_path / "none" / "x"), "--to", "csv")
