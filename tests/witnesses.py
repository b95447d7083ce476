"""What a model's file, its stored facts, the API's answers and its page say of it, and where they differ."""

import json
import tomllib
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from itertools import zip_longest
from zlib import crc32

from django.conf import settings

import databases
from catalog.records.end_of_life import ending, replacements
from catalog.records.facts import facts
from catalog.search import lookup
from catalog.snippets import SiteSettings, snippets
from catalog.vocabulary import CAPABILITIES, Protocol
from dom import tree
from price_witnesses import price_disagreements

NOON = datetime(2026, 11, 23, 12, tzinfo=UTC)
BUNDLED_FILES = sorted(databases.FILES[databases.BUNDLED].glob("[!_]*.toml"))
SMALL_FILES = sorted(databases.FILES[databases.SMALL].glob("[!_]*.toml"))
UNKNOWN = {"Not stated", "Not on record here", "Not on record", "None recorded", "No longer served", "None"}

NAMED = {"Deprecated": "deprecated_on", "Replacement": "replacement"}
"""Rows that do not apply to some models of each kind -> their fields."""


@dataclass
class Witnesses:
    """What each says of one model; `calls` is the code of its page, call by call."""

    stated: dict
    this: object
    model: dict
    prices: list
    snippets: list
    page: object
    calls: dict


def stated(file):
    """The models of a file, each with the addresses of its family."""
    content = tomllib.loads(file.read_text(), parse_float=Decimal)
    for family in content["family"]:
        offered = {f"{row['method']} {row['path']}": row for row in family.get("endpoint", [])}
        for model in family.get("model", []):
            yield {**model, "endpoints": [offered[name] for name in model.get("endpoints", [])]}


def witnesses(client, model, instant=NOON, looked_at=frozenset()):
    """Ask each of them; of its calls, those that were not `looked_at` before."""
    record = lookup.by_model_id(model["model_id"])
    answered = [
        client.get(f"/api/v1/models/{model['model_id']}{part}") for part in ("", "/prices", "/snippets")
    ]
    assert [answer.status_code for answer in answered] == [200, 200, 200]
    full, prices, code = (json.loads(answer.content) for answer in answered)
    page = shown(client, record["path"])
    calls = {
        (call, option): code_of(shown(client, record["path"], call=call, option=option))
        for call, option in _looked_at(model["model_id"], code["items"])
        if (call, option) not in looked_at
    }
    return Witnesses(model, facts(record, instant), full, prices["items"], code["items"], page, calls)


def _looked_at(model_id, items):
    """Each call plainly, and with one of its options, another one for another model."""
    options = {}
    for item in items:
        known = options.setdefault(item["action"] or item["protocol"], [])
        if item["option"] not in known:
            known.append(item["option"])
    for call, (basic, *others) in options.items():
        yield call, basic
        if others:
            yield call, others[crc32(model_id.encode()) % len(others)]


def shown(client, path, **query):
    response = client.get(path, query)
    assert response.status_code == 200
    return tree(response.content)


def code_of(page):
    """The language, code and installing command of each tab."""
    return [
        (
            tab.attributes["data-language"],
            tab.one("pre").raw,
            next((line.text for line in tab.all("code", class_="snippet-install")), ""),
        )
        for tab in page.all("section", class_="snippet-tab")
    ]


def disagreements(said):
    """What any two of them say differently; empty where all agree."""
    found = price_disagreements(said)
    found += list(_fields(said)) + list(_sheet(said)) + list(_endpoints(said)) + list(_code(said))
    return found


PLAIN = (
    *("name", "modality", "task_type", "commercial_use", "open_weights", "replacement", "snapshot_on"),
    *(
        "context_window",
        "max_output_tokens",
        "knowledge_cutoff",
        "released_on",
        "deprecated_on",
        "retires_on",
    ),
)
LISTS = ("input_modalities", "output_modalities", "capabilities", "aliases", "actions")


def _fields(said):
    """Compare the file's fields with the record and the answer: what is absent is null or an empty list."""
    for key in (*PLAIN, *LISTS):
        value = said.stated.get(key, [] if key in LISTS else None)
        value = value.isoformat() if isinstance(value, date) else value
        held = said.this.record["stated_name" if key == "name" else key]
        if key in said.this.record["derived"]:
            # What follows from other facts is not what the file says, or is not in it at all.
            value = said.this.record[key]
        if key == "capabilities":
            value = [word for word in value if word not in said.this.record["disputed"]]
            value = [*value, *(word for word in said.this.record["derived"] if word in CAPABILITIES)]
        if key == "input_modalities" and "pdf_input" in said.this.record["capabilities"]:
            # Who reads PDFs reads files, whatever kinds of tokens a list counts.
            value = value if "file" in value else [*value, "file"]
        if key == "replacement":
            value = value or _replacement(said.stated.get("end_of_life", []))
        if held != value:
            yield f"{key}: the file says {value!r}, the record {held!r}"
        if key in said.model and said.model[key] != held:
            yield f"{key}: the record says {held!r}, the API {said.model[key]!r}"
    if said.model["display_name"] != said.this.record["name"]:
        yield f"display name: {said.this.record['name']!r}, the API {said.model['display_name']!r}"
    if said.model["lifecycle"] != said.this.lifecycle:
        yield f"lifecycle: the facts say {said.this.lifecycle!r}, the API {said.model['lifecycle']!r}"


def _sheet(said):
    """Compare the spec sheet and the chips with the answer."""
    rows = {cells[0].text: cells[1].text for cells in said.page.one("section", id="specs").rows()}
    model = said.model
    wanted = {
        "Model ID": model["model_id"],
        "Aliases": ", ".join(model["aliases"]),
        "Modality": (model["modality"] or "").capitalize(),
        "Reads": ", ".join(word.capitalize() for word in model["input_modalities"]),
        "Writes": ", ".join(word.capitalize() for word in model["output_modalities"]),
        "Task type": (model["task_type"] or "").capitalize(),
        "Context window": _tokens(model["context_window"]),
        "Max output": _tokens(model["max_output_tokens"]),
        "Knowledge cutoff": _day(model["knowledge_cutoff"]),
        "Released": _day(model["released_on"]),
        "Deprecated": _day(model["deprecated_on"]),
        "Retired on" if model["lifecycle"] == "retired" else "Retires": _day(model["retires_on"]),
        "Lifecycle": (model["lifecycle"] or "").capitalize(),
        "Status": "" if model["lifecycle"] == "retired" else model["status"].capitalize(),
        "Replacement": ", ".join(replacements(model)),
        "Capabilities": ", ".join(CAPABILITIES[word] for word in model["capabilities"]),
        "Commercial use": {True: "Yes", False: "No", None: ""}[model["commercial_use"]],
        "Open weights": {True: "Yes", False: "No", None: ""}[model["open_weights"]],
    }
    for label, value in wanted.items():
        if not value and label not in rows and label in rows.get("Does not apply", ""):
            continue
        if rows.get(label) == "Does not apply" and NAMED.get(label) in model["does_not_apply"]:
            continue
        if rows.get(label) != value and (value or rows.get(label) not in UNKNOWN):
            yield f"spec sheet: {label} is {rows.get(label)!r}, the API says {value!r}"
    chips = [chip.text for chip in said.page.one("ul", class_="chips").all("li")]
    for word in filter(None, (wanted["Lifecycle"], wanted["Modality"])):
        if word not in chips:
            yield f"chips: {chips} lack {word!r}"


def _replacement(statements):
    """The first model of this catalog that what governs names."""
    rows = [{name: str(value) if isinstance(value, date) else value for name, value in row.items()}
            for row in statements]  # fmt: skip
    return next((name for name in ending(rows).replacements if lookup.by_model_id(name)), None)


def _tokens(number):
    return f"{number:,} tokens" if number else ""


def _day(text):
    if not text:
        return ""
    return f"{date.fromisoformat(text[:7] + '-01'):%B %Y}" if len(text) == 7 else _spoken(text)


def _spoken(text):
    day = date.fromisoformat(text)
    return f"{day.day} {day:%B %Y}"


def _endpoints(said):
    """Compare addresses and protocols: in the file, the answer, the table and the spec sheet."""
    answered = [(row["method"], row["path"], row["protocol"]) for row in said.model["endpoints"]]
    in_file = [(row["method"], row["path"], row["protocol"]) for row in said.stated["endpoints"]]
    shown = [
        (cells[0].text, next(cell.text for cell in cells if cell.text in Protocol.labels))
        for cells in said.page.one("section", id="endpoints").rows()
    ]
    if answered != in_file:
        yield f"endpoints: the API says {answered}, the file {in_file}"
    if shown != [(f"{method} {path}", Protocol(word).label) for method, path, word in answered]:
        yield f"endpoints: the page says {shown}, the API {answered}"
    sheet = {cells[0].text: cells[1].text for cells in said.page.one("section", id="specs").rows()}
    if answered and sheet["Endpoints"] != ", ".join(f"{method} {path}" for method, path, _ in answered):
        yield f"endpoints: the spec sheet says {sheet['Endpoints']}, the API {answered}"


def _code(said):
    """Compare the code of every call, letter by letter: made, answered, and shown in colour."""
    calls = SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV)
    made = [_item(asdict(row)) for row in snippets(said.this.record, calls)]
    answered = [_item(row) for row in said.snippets]
    # What is installed differs by its version, which is known of what has been run only.
    if [row[:5] for row in made] != [row[:5] for row in answered]:
        yield f"snippets: {len(made)} are made, {len(answered)} answered, and they differ"
    for (call, option), shown in said.calls.items():
        asked = [row for row in answered if (row[2] or row[1], row[3]) == (call, option)]
        wanted = [(row[0], row[4], row[5]) for row in asked]
        given = [(language, code.rstrip("\n"), install) for language, code, install in shown]
        for one, other in zip_longest(given, wanted):
            if one != other:
                yield f"snippets: {call}, {option}, is shown as {one}, answered as {other}"


def _item(row):
    named = [row[key] for key in ("language", "protocol", "action", "option")]
    return (*named, row["code"].rstrip("\n"), row["install"] or "")
