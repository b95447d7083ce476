"""Windows, limits, capabilities and list prices as vendors state them, on the site with their sources.

The facts lie beside the project, in `../shared/facts`; where they do not, only what is written here is held.
"""

import json
from collections import defaultdict
from decimal import Decimal
from pathlib import Path

import pytest

import needs
from catalog.exchange import catalog_file
from catalog.exchange.load import bundled_files

FACTS = Path(__file__).parents[3] / "shared/facts"
TRUST = ("vendor", "sdk", "aggregator")
HINTS = (
    "keep the catalog's value",
    "our reading of the name",
    "LiteLLM repeats the window",
    "Which of the two",
)
"""Notes of records that are no facts."""
BEFORE = {
    "capabilities": 67,
    "context_window": 65,
    "input_modalities": 56,
    "knowledge_cutoff": 41,
    "license": 0,
    "links": 0,
    "list price": 65,
    "max_input_tokens": 0,
    # Three of embedding models were sizes of their vectors.
    "max_output_tokens": 66 - 3,
    "open_weights": 56,
    "output_modalities": 56,
    "released_on": 55,
    "replacement": 0,
    "vector_size": 0,
}
"""Of how many models 0.1.0 knew each."""


@pytest.fixture(scope="module")
def records():
    """All records of the facts."""
    if not FACTS.is_dir():
        needs.cannot_run(f"{FACTS} is not here", "put the folder `shared/facts` beside the project")
    return json.loads((FACTS / "specs.json").read_text())


def day(record):
    return max((word for word in record["read_on"].split() if word[:2] == "20"), default="")


def governing(records):
    """The record that holds of each field, but for hints."""
    found = defaultdict(list)
    for record in records:
        is_hint = any(words in record["note"] for words in HINTS)
        if record["field"] not in {"list_price", "capabilities"} and not is_hint:
            found[record["model_id"], record["field"]].append(record)
    for same in found.values():
        best = min(same, key=lambda record: TRUST.index(record["trust"]))
        yield max((one for one in same if one["trust"] == best["trust"]), key=day)


def sources(model, field):
    return " | ".join(row["label"] for row in model["sources"] if row["field"] == field)


@pytest.fixture
def model(client, db):
    """Asks the API for a model, once."""
    answers = {}

    def ask(model_id):
        if model_id not in answers:
            answers[model_id] = client.get(f"/api/v1/models/{model_id}").json()
        return answers[model_id]

    return ask


def test_every_record_that_governs_is_on_the_site_with_its_source(records, model):
    checked = 0
    for record in governing(records):
        answer, field, value = model(record["model_id"]), record["field"], record["value"]
        where = f"{record['model_id']} {field}"
        if field == "license":
            assert answer["license"]["name"], where
        elif field.endswith("_modalities"):
            # A document is read as a file: the lists of vendors count kinds of tokens.
            assert {*answer[field]} - {"file"} == {*value} - {"file"}, where
        else:
            assert answer[field] == value, where
        if value is not None:
            assert record["source_label"].replace("stored copy, ", "") in sources(answer, field), where
        checked += 1
    assert checked > 100


LIMITS = {"context_window", "max_input_tokens", "max_output_tokens", "knowledge_cutoff"}


def test_a_limit_that_another_record_states_is_on_the_spec_sheet(records, model, client):
    sheets, others = {}, 0
    for record in records:
        field, value = record["field"], record["value"]
        if field not in LIMITS or "our reading of the name" in record["note"]:
            continue
        answer = model(record["model_id"])
        if answer[field] == value:
            continue
        stated = f"{value:,}" if isinstance(value, int) else value
        label = f"{record['source_label']} (says {stated})"
        assert label in {row["label"] for row in answer["sources"] if row["field"] == field}, label
        if answer["url"] not in sheets:
            page = client.get(f"{answer['url'].removeprefix('http://127.0.0.1:8000')}.md").content.decode()
            sheets[answer["url"]] = page.partition("## Spec sheet")[2].partition("\n## ")[0]
        assert label in sheets[answer["url"]], label
        others += 1
    assert others >= 27


def test_every_capability_that_a_record_adds_is_there_with_its_source(records, model):
    adding = [record for record in records if record["field"] == "capabilities"]
    for record in adding:
        answer = model(record["model_id"])
        missing = {*record["value"]} - {*answer["capabilities"]}
        # Where another source lists what is read without images, nobody knows; both are shown.
        assert missing <= {"vision"}, record["model_id"]
        assert not missing & answer["capability_values"].keys()
        assert record["source_label"] in sources(answer, "capabilities"), record["model_id"]
    assert len(adding) > 60


def test_every_list_price_is_on_record_with_its_source(records, client, db):
    checked, rows = 0, {}
    for record in records:
        price = record["value"]
        if record["field"] != "list_price" or any(words in record["note"] for words in HINTS):
            continue
        id_ = record["model_id"]
        if id_ not in rows:
            address = f"/api/v1/models/{id_}/prices?history=true&kind=list"
            rows[id_] = client.get(address).json()["items"]
        # "Off-peak" is a time of the day here, and no tier that a request names.
        off_peak = price["conditions"].get("service_tier") == "off_peak"
        same = [
            row
            for row in rows[id_]
            if (row["meter"], row["per"]) == (price["meter"], price["per"])
            # Money has nine decimals: $0.05 a minute is no exact amount of a second.
            and Decimal(row["amount"]) == round(Decimal(price["amount"]), 9)
            and ("weekdays" in row["conditions"] if off_peak else row["conditions"] == price["conditions"])
        ]
        assert same, (id_, price)
        assert all(row["source_label"] for row in same)
        if Decimal(same[0]["amount"]) != Decimal(price["amount"]):
            assert same[0]["note"].startswith("Rounded to nine decimals")
        checked += 1
    assert checked > 140


def test_of_no_field_less_is_known_than_in_0_1_0(capsys):
    models = catalog_file.read(bundled_files()).models
    after = {
        **{name: sum(bool(model.fields.get(name)) for model in models) for name in BEFORE},
        "open_weights": sum(model.fields.get("open_weights") is not None for model in models),
        "replacement": sum(bool(model.replacement) for model in models),
        "list price": sum(any(price.value.kind == "list" for price in model.prices) for model in models),
    }
    with capsys.disabled():
        for name, count in after.items():
            print(  # noqa: T201 - how much more is known
                f"\n  {name}: {BEFORE[name]} -> {count} of {len(models)}", end=""
            )
    assert all(after[name] >= count for name, count in BEFORE.items())
    assert after["list price"] == 121


WINDOWS = (
    *("gpt-5.6-terra", "gpt-5.6-sol", "gpt-5.6-luna"),
    *("gpt-6-sol", "gpt-6-luna", "gpt-6-astra", "gpt-6.1-sol"),
)


@pytest.mark.parametrize("model_id", WINDOWS)
def test_the_longest_prompt_is_not_the_window(model, model_id):
    answer = model(model_id)
    limits = [answer[name] for name in ("context_window", "max_input_tokens", "max_output_tokens")]
    assert limits == [1_050_000, 922_000, 128_000]


@pytest.mark.parametrize(
    ("model_id", "size"),
    [("text-embedding-3-large", 3072), ("text-embedding-3-small", 1536), ("text-embedding-ada-002", 1536)],
)
def test_an_embedding_has_a_vector_size_and_no_longest_output(client, model, model_id, size):
    answer = model(model_id)
    assert (answer["vector_size"], answer["max_output_tokens"]) == (size, None)
    page = client.get(f"{answer['url'].removeprefix('http://127.0.0.1:8000')}.md").content.decode()
    assert f"| Vector size | {size:,} numbers |" in page
    assert f"Max output | {size:,}" not in page
    # It writes vectors: no text, and no tokens that could be free.
    assert answer["output_modalities"] == []
    assert "writes text" not in page
    assert f"{model_id} is an embedding model by OpenAI" in page
    assert f"Does {model_id} stream?" not in page
    assert "| Writes |" not in page
    # The family has many more models than those of vectors.
    assert "GPT models still served." not in page
    rows = client.get(f"/api/v1/models/{model_id}/prices").json()["items"]
    assert {row["meter"] for row in rows} == {"input_tokens"}
    assert "Output" not in page.partition("## ")[0]


def test_a_voice_model_has_a_price_by_the_minute(client, model):
    answer = model("gpt-live-1")
    assert (answer["modality"], answer["output_modalities"]) == ("audio", ["text", "audio"])
    quote = client.get(f"/api/v1/quote?kind=list&model=gpt-live-1&audio_seconds=60&at={LATER}").json()
    assert round(Decimal(quote["total"]), 6) == Decimal("0.05")


def test_who_saw_a_model_refused_states_no_announcement(model):
    (seen,) = [row for row in model("kimi-k2.5")["end_of_life"] if "404" in row["source_label"]]
    assert (seen["firmness"], seen["retires_on"]) == ("observed", "2026-08-31")


LATER = "2026-11-30T02:00:00Z"
BATCH = "service_tier=batch&input_tokens=100000&output_tokens=100000&cache_read_tokens=500000"


@pytest.mark.parametrize(
    ("asked", "total"),
    [
        # A prompt that reaches 200,000 tokens is at xAI's higher rate.
        ("model=grok-4.3&input_tokens=200000", "0.5"),
        ("model=grok-4.3&input_tokens=199999", "0.24999875"),
        (f"model=grok-4.5&input_tokens=200000&at={LATER}", "0.8"),
        # DeepSeek: a miss is billed as input; peak on a Monday at 02:00 UTC, off-peak at 06:00 and on Sunday.
        (f"model=deepseek-v4-pro&input_tokens=20000&cache_write_5m_tokens=30000&at={LATER}", "0.066"),
        ("model=deepseek-v4-pro&input_tokens=20000&cache_write_5m_tokens=30000", "0.033"),
        ("model=deepseek-v4-pro&input_tokens=1000000&at=2026-11-30T05:59:59Z", "0.66"),
        ("model=deepseek-v4-pro&input_tokens=1000000&at=2026-11-30T06:00:00Z", "1.32"),
        ("model=deepseek-v4-pro&input_tokens=1000000&at=2026-11-29T02:00:00Z", "0.66"),
        ("model=deepseek-v4-pro&input_tokens=1000000&at=2026-08-15T02:00:00Z", "0.435"),
        # OpenAI's cache writes last 30 minutes; above 272,000 tokens a prompt costs twice as much.
        ("model=gpt-5.6-luna&cache_write_30m_tokens=1000000", "0.25"),
        (f"model=gpt-5.6-sol&input_tokens=272000&at={LATER}", "1.088"),
        (f"model=gpt-5.6-sol&input_tokens=300000&output_tokens=1000&at={LATER}", "2.43"),
        (f"model=gpt-6-sol&input_tokens=300000&service_tier=flex&at={LATER}", "0.6"),
        # Announced.
        ("model=gemini-3.7-flash&input_tokens=1000000&at=2026-12-31T23:59:59Z", "0.75"),
        ("model=gemini-3.7-flash&input_tokens=1000000&at=2027-01-01T00:00:00Z", "1.5"),
        # Batch is half of the price that holds, before and after.
        (f"model=gemini-3.6-flash&{BATCH}&at=2026-12-31T23:59:59Z", "0.24375"),
        (f"model=gemini-3.6-flash&{BATCH}&at=2027-01-02T00:00:00Z", "0.4875"),
        (f"model=gemini-3.7-flash&{BATCH}&at=2026-12-31T23:59:59Z", "0.24375"),
        (f"model=gemini-3.7-flash&{BATCH}&at=2027-01-02T00:00:00Z", "0.4875"),
    ],
)
def test_a_quote_at_list_prices(client, db, asked, total):
    answer = client.get(f"/api/v1/quote?kind=list&{asked}").json()
    assert (answer["total"], answer["unpriced"]) == (total, [])


def test_nothing_of_openai_is_a_cache_write_of_five_minutes(client, db):
    for model_id in WINDOWS:
        rows = client.get(f"/api/v1/models/{model_id}/prices?kind=list").json()["items"]
        meters = {row["meter"] for row in rows}
        assert "cache_write_30m_tokens" in meters
        assert "cache_write_5m_tokens" not in meters


def test_links_are_vendors_own_pages_by_kind(model):
    links = model("gpt-5.6-sol")["links"]
    assert {"kind": "model_card", "url": "https://developers.openai.com/api/docs/models/gpt-5.6-sol"} in links
    assert {row["kind"] for row in links} == {"model_card", "documentation", "pricing"}
    weights = {"kind": "weights", "url": "https://huggingface.co/zai-org/GLM-4.6"}
    assert weights in model("glm-4.6")["links"]
    assert model("kimi-k3")["license"] == {"name": "Modified MIT", "url": None}


def test_every_link_of_the_facts_is_there(records, model):
    found = json.loads((FACTS / "links.json").read_text())
    stated = {row["url"] for entry in catalog_file.read(bundled_files()).models
              for row in entry.fields.get("links") or []}  # fmt: skip
    assert {row["url"] for row in found} <= stated
