"""What the bundled catalog could say twice is the same twice: capabilities, modalities, actions, prices."""

import re
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime

import pytest
from django.test import Client

import needs
from bundled.stated_elsewhere import affirmed, refuted
from catalog.comparison.differences import differences
from catalog.models import Document, Variant
from catalog.records.facts import facts
from catalog.records.record import Record, read_record
from catalog.snippets import describe
from catalog.snippets.call_facts import call_facts
from catalog.snippets.json_schema import parameter_schema
from catalog.vocabulary import CAPABILITIES
from real_catalogs import MISSING, are_here

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
IMAGE_ACTIONS = {"text_to_image", "edit_image"}


def records() -> list[Record]:
    return [read_record(body) for body in Document.objects.values_list("body", flat=True)]


def ids(**filters: str) -> set[str]:
    answer = Client().get("/api/v1/models", {"limit": 1000, "retired": "true", **filters})
    assert answer.status_code == 200, answer.content[:300]
    return {row["model_id"] for row in answer.json()["items"]}


def test_who_sees_reads_images_and_writes_text():
    seeing = ids(capability="vision")
    assert seeing == ids(input_modality="image", output_modality="text")
    assert len(seeing) > 40


def test_who_makes_or_edits_images_writes_images():
    making = {record["model_id"] for record in records() if IMAGE_ACTIONS & {*record["actions"]}}
    assert making <= ids(output_modality="image")
    assert len(making) > 45
    assert making <= ids(modality="image") | ids(modality="video")


@pytest.mark.parametrize(
    ("model_id", "modality"),
    [
        ("midjourney-image-to-video", "video"),
        ("grok-imagine-image-2-0", "image"),
        ("grok-imagine-edit-image", "image"),
        ("grok-imagine-text-to-image", "image"),
        ("wan-2.7-image", "image"),
        ("wan-2.7-image-pro", "image"),
        ("topaz-upscale-image", "image"),
        ("gemini-omni-audio", "audio"),
        ("gemini-omni-character", "image"),
        ("omnihuman-1.5-human-identification", "image"),
        ("omnihuman-1.5-subject-detection", "image"),
    ],
)
def test_a_model_is_listed_by_what_it_does_and_not_by_its_family(model_id, modality):
    assert model_id in ids(modality=modality)


def test_a_voice_model_takes_and_gives_audio():
    assert "gpt-live-1" in ids(input_modality="audio", output_modality="audio")


def test_every_media_model_says_what_it_writes_but_those_of_which_nothing_does():
    silent = {
        record["model_id"] for record in records() if record["actions"] and not record["output_modalities"]
    }
    assert silent == {"gemini-omni-character", "omnihuman-1.5-human-identification"}


def test_who_has_a_price_of_a_cache_caches():
    priced = {
        record["model_id"]
        for record in records()
        if any(row["meter"].startswith("cache_") for row in record["prices"])
    }
    assert len(priced) > 50
    assert priced <= ids(capability="prompt_caching")


def test_who_speaks_a_protocol_that_streams_has_a_sample_and_may_ask_for_it():
    streaming = [record for record in records() if call_facts(record["endpoints"]).streams]
    assert len(streaming) > 60
    denied = {record["model_id"] for record in streaming if "streaming" in record["lacks"]}
    assert denied == {"gpt-5-pro"}
    assert {record["model_id"] for record in streaming} - denied == ids(capability="streaming")
    for record in streaming:
        if record["model_id"] in denied:
            assert not any(request.is_streaming for request in describe(record))
            continue
        requests = describe(record)
        assert any(request.is_streaming for request in requests), record["model_id"]
        calls = (parameter_schema(record, "https://catalog.example/schema.json") or {})["$defs"]
        for request in requests:
            if request.body.get("stream"):
                schema = calls[request.action or ("message" if "message" in calls else request.protocol)]
                assert schema["properties"]["stream"] is not False, record["model_id"]


def denied_words(known: Iterable[Record]) -> Iterator[tuple[str, str, str]]:
    """Yield each model, capability and sentence that says that the model does not have it."""
    by_family: dict[str, list[Record]] = {}
    for record in known:
        by_family.setdefault(record["family"]["slug"], []).append(record)
    for family in by_family.values():
        for record in family:
            for other in family:
                rows = differences(facts(record, NOW), facts(other, NOW)) if record is not other else []
                for row in rows:
                    denied = row.text.lower().partition("not support")[2]
                    words = [word for word, label in CAPABILITIES.items() if label.lower() in denied]
                    yield from ((record["model_id"], word, row.text) for word in words)


@pytest.mark.skipif(not are_here(), reason=f"The real catalogs are not here. {MISSING} {needs.BESIDE}")
def test_nothing_is_denied_that_another_catalog_states(client: Client):
    known = records()
    assert refuted(known) == []
    # What they refute is unknown, and both sides are cited.
    disputed = {(record["model_id"], word) for record in known for word in record["disputed"]}
    contested = [yes for yes in affirmed(known) if (yes.model_id, yes.word) in disputed]
    assert len({(yes.model_id, yes.word) for yes in contested}) >= 38
    pages = {}
    for yes in contested:
        if yes.model_id not in pages:
            variant = Variant.objects.select_related("family").get(model_id=yes.model_id)
            pages[yes.model_id] = client.get(f"{variant.path}.md").content.decode()
    for record in known:
        if record["disputed"]:
            text = pages[record["model_id"]]
            (line,) = [row for row in text.splitlines() if row.startswith("| Sources disagree on |")]
            assert all(CAPABILITIES[word] in line for word in record["disputed"]), record["model_id"]
            labels = {row["label"] for row in record["sources"] if row["field"] in {"capabilities", "lacks"}}
            assert all(label in text for label in labels), record["model_id"]
            assert any("says yes to" in label for label in labels), record["model_id"]
    # Planted: a no that a gateway alone refutes.
    (one,) = (record for record in known if record["model_id"] == "gpt-5.4-nano")
    planted = refuted([one | {"disputed": [], "lacks": ["temperature", "audio_output"]}])
    assert {(yes.word, yes.row) for yes in planted} == {
        ("temperature", "vercel/openai/gpt-5.4-nano"),
        ("temperature", "zenmux/openai/gpt-5.4-nano"),
    }


@pytest.mark.skipif(not are_here(), reason=f"The real catalogs are not here. {MISSING} {needs.BESIDE}")
def test_no_sentence_denies_what_another_catalog_states():
    stated = {(yes.model_id, yes.word) for yes in affirmed(records())}
    assert len(stated) > 200, "the catalogs state what the models can do"
    refuted = [row for row in denied_words(records()) if (row[0], row[1]) in stated]
    assert refuted == []
    # Planted: a no that another catalog refutes.
    one, other = (record for record in records() if record["model_id"] in {"gpt-5.4", "gpt-5.5"})
    one |= {"capabilities": [], "lacks": ["tool_call"]}
    assert (one["model_id"], "tool_call") in stated
    planted = [row for row in denied_words([one, other]) if (row[0], row[1]) in stated]
    assert [text for *_model, text in planted] == ["Does not support tool use."]


@pytest.mark.parametrize("modality", ["text", "image", "video", "audio"])
def test_the_home_page_counts_the_models_that_its_links_lead_to(client, modality):
    page = client.get("/").content.decode()
    (shown,) = re.findall(rf'<a href="/models\?modality={modality}">(\d+) models</a>', page)
    listed = client.get("/api/v1/models", {"modality": modality, "limit": 1000}).json()["items"]
    assert int(shown) == len(listed)
