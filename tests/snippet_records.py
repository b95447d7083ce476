"""Records that snippet tests render from: small made ones, and those of the bundled catalog files."""

import tomllib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from catalog.records.derived_facts import derive
from catalog.records.record import EndpointRecord, Record
from catalog.snippets import SiteSettings, describe, validate_request
from catalog.snippets.call_facts import call_facts
from catalog.snippets.constraints import parameter

ROOT = Path(__file__).parents[1]
SITE = SiteSettings(api_base_url="https://runapi.ai", api_key_env="RUNAPI_KEY")

HOSTILE = [
    "it's",
    "a'b\"c",
    "a`touch PWNED`b",
    "$(touch PWNED)",
    "${HOME}",
    "a\\b",
    "trail\\",
    "a\nb",
    "a\r\nX-Injected: 1",
    "!!",
    "a;touch PWNED",
    "a%2fb",
    "a?b=c&d",
    "../../etc/passwd",
    "..",
    "-rf",
    "@/etc/passwd",
    "</script><script>alert(1)</script>",
    "{0.__class__} {{7*7}} ${7*7}",
    "a\u2028b",
    "\U0001f600 \u202e",
    "models/x",
    "'\"`'\"`",
]


def make_record(model_id: str, endpoints: list[EndpointRecord], **known: Any) -> Record:
    """Make a record of which only endpoints, and what else is given, are known."""
    blank: Any = {
        "model_id": model_id,
        "slug": model_id,
        "name": model_id,
        "path": f"/models/line/{model_id}",
        "provider": {"slug": "maker", "name": "Maker"},
        "family": {"slug": "line", "name": "Line"},
        "aliases": [],
        "snapshot_on": None,
        "modality": None,
        "input_modalities": [],
        "output_modalities": [],
        "task_type": None,
        "stated_lifecycle": None,
        "released_on": None,
        "deprecated_on": None,
        "retires_on": None,
        "retires_not_before": None,
        "replacement": None,
        "replacement_path": None,
        "commercial_use": None,
        "open_weights": None,
        "context_window": None,
        "max_input_tokens": None,
        "vector_size": None,
        "license": None,
        "links": [],
        "max_output_tokens": None,
        "knowledge_cutoff": None,
        "capabilities": [],
        "lacks": [],
        "disputed": [],
        "derived": [],
        "incomplete": [],
        "does_not_apply": [],
        "actions": [],
        "endpoints": endpoints,
        "parameters": {},
        "rules": {},
        "prices": [],
        "price_claim": "",
        "price_claim_source": None,
        "status_events": [],
        "overview": "",
        "overview_html": "",
        "best_for": [],
        "faq": [],
        "sources": [],
        "checked_on": None,
    }
    record: Record = blank | known
    return record


def endpoint(path: str, protocol: str, action: str | None = None, method: str = "POST") -> EndpointRecord:
    """Make one endpoint."""
    return {"method": method, "path": path, "protocol": protocol, "action": action, "task_type": None}


def text_record(model_id: str = "linden-ballad-4-5-20250929") -> Record:
    """Make a text model that speaks every text protocol, the Gemini one only as a stream."""
    return make_record(
        model_id,
        [
            endpoint("/v1/messages", "anthropic-messages"),
            endpoint("/v1/messages/count_tokens", "anthropic-messages"),
            endpoint("/v1/chat/completions", "openai-chat"),
            endpoint("/v1/responses", "openai-responses"),
            endpoint("/v1/embeddings", "openai-embeddings"),
            endpoint("/v1beta/models/{model}:streamGenerateContent", "gemini-generate-content"),
            endpoint("/v1/live/webrtc", "realtime"),
        ],
        max_output_tokens=64_000,
        parameters={
            "message": [
                parameter("max_tokens", None, required=True),
                parameter("reasoning_effort", "string", enum=["low", "high"]),
            ]
        },
    )


def gemini_record(model_id: str = "castor-3.6-flash") -> Record:
    """Make a model whose Gemini protocol answers whole and as a stream."""
    return make_record(
        model_id,
        [
            endpoint("/v1beta/models/{model}:streamGenerateContent", "gemini-generate-content"),
            endpoint("/v1beta/models/{model}:generateContent", "gemini-generate-content"),
        ],
    )


def task_record(model_id: str = "prism-2-pro") -> Record:
    """Make a model whose two actions are created and then polled."""
    prompt = parameter("prompt", "string", required=True, min_length=3, max_length=5000)
    model = parameter("model", "string", required=True)
    callback = parameter("callback_url", "string")
    return make_record(
        model_id,
        [
            endpoint("/api/v1/prism_2/text_to_image", "task", "text_to_image"),
            endpoint("/api/v1/prism_2/text_to_image/{task_id}", "task", "text_to_image", "GET"),
            endpoint("/api/v1/prism_2/remix_image", "task", "remix_image"),
            endpoint("/api/v1/prism_2/remix_image/{task_id}", "task", "remix_image", "GET"),
        ],
        parameters={
            "text_to_image": [callback, model, prompt, parameter("output_count", "integer", minimum="1")],
            "remix_image": [
                callback,
                model,
                prompt,
                parameter("source_image_urls", "array", required=True, min_items=1, max_items=8),
                parameter("aspect_ratio", "string", required=True, enum=["1:1", "16:9"]),
            ],
        },
        rules={
            "text_to_image": [{"when": {"model": model_id}, "required": [], "forbidden": ["output_count"]}]
        },
    )


def speech_record(model_id: str = "hum-1") -> Record:
    """Make a model that answers at once: speech out, and a file in."""
    return make_record(
        model_id,
        [
            endpoint("/api/v1/heron_audio/text_to_speech", "task-sync", "text_to_speech"),
            endpoint("/api/v1/heron_audio/speech_to_text", "task-sync", "speech_to_text"),
        ],
        parameters={
            "text_to_speech": [
                parameter("model", "string", required=True),
                parameter("text", "string", required=True),
            ],
            "speech_to_text": [
                parameter("file", "string", required=True),
                parameter("model", "string"),
            ],
        },
    )


def made_records(model_id: str | None = None) -> list[Record]:
    """Make one record of each kind, all with this model ID if it is given."""
    makers = (text_record, gemini_record, task_record, speech_record)
    return [make() if model_id is None else make(model_id) for make in makers]


def small_records() -> list[Record]:
    """Read what snippets need of every model of the tests' catalog."""
    return _records(ROOT / "tests/small_catalog")


def bundled_records() -> list[Record]:
    """Read what snippets need of every model in the bundled catalog files."""
    return _records(ROOT / "catalog/data")


def _records(folder: Path) -> list[Record]:
    found = []
    for file in sorted(folder.glob("*.toml")):
        document = tomllib.loads(file.read_text(), parse_float=Decimal)
        for family in document.get("family", []):
            addresses = {f"{entry['method']} {entry['path']}": entry for entry in family.get("endpoint", [])}
            found += [_record(model, addresses) for model in family.get("model", [])]
    return found


def _record(model: dict[str, Any], addresses: dict[str, dict[str, Any]]) -> Record:
    parameters: dict[str, list[Any]] = {}
    for entry in model.get("parameter", []):
        bounds = {key: str(entry[key]) for key in ("minimum", "maximum") if key in entry}
        known = {
            key: value for key, value in entry.items() if key not in {"action", "name", "type", "required"}
        }
        spec = parameter(
            entry["name"], entry.get("type"), required=entry.get("required", False), **known | bounds
        )
        parameters.setdefault(entry["action"], []).append(spec)
    rules: dict[str, list[Any]] = {}
    for entry in model.get("rule", []):
        rule = {"when": {}, "required": [], "forbidden": []} | entry
        rules.setdefault(entry["action"], []).append(rule)
    endpoints = [
        endpoint(entry["path"], entry["protocol"], entry.get("action"), entry["method"])
        for entry in (addresses[key] for key in model.get("endpoints", []))
    ]
    kept = ("aliases", "max_output_tokens", "modality", "input_modalities", "output_modalities", "actions")
    known = {key: model[key] for key in (*kept, "capabilities", "lacks", "replacement") if key in model}
    known["prices"] = model.get("price", [])
    known |= {key: str(model[key]) for key in ("retires_on", "deprecated_on") if key in model}
    known["stated_lifecycle"] = model.get("lifecycle")
    record = make_record(model["model_id"], endpoints, parameters=parameters, rules=rules, **known)
    return record | derive(record, call_facts(endpoints))  # type: ignore[return-value]


def misfits_of(records: Iterable[Record]) -> dict[str, list[str]]:
    """What is wrong with the requests of these models, by model, protocol and action."""
    problems = {
        f"{record['model_id']} {request.protocol} {request.action}": validate_request(record, request)
        for record in records
        for request in describe(record)
    }
    assert problems
    return {name: rows for name, rows in problems.items() if rows}


def without_sample(records: Sequence[Record]) -> set[tuple[str, str | None]]:
    """Actions with recorded parameters of which there is no sample."""
    offered = {
        (record["model_id"], endpoint["action"])
        for record in records
        for endpoint in record["endpoints"]
        if endpoint["method"] == "POST" and endpoint["action"] in record["parameters"]
    }
    assert offered
    return offered - {
        (record["model_id"], request.action) for record in records for request in describe(record)
    }
