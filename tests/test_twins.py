"""The HTML, the Markdown and the JSON of every model say the same prices, dates, limits and code."""

import re
from collections import Counter
from decimal import Decimal

import pytest

from catalog.records.end_of_life import replacements
from catalog.search import lookup
from catalog.snippets import describe
from rows import a_price, a_variant
from small import TOKENS
from snippet_records import small_records
from snippet_shapes import shape
from twin_reader import code_under, read
from witnesses import NOON, SMALL_FILES, _day, _tokens, shown, stated

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.slow]  # what a page says is the same on both

SHEET = {
    "Context window": ("context_window", _tokens),
    "Max output": ("max_output_tokens", _tokens),
    "Knowledge cutoff": ("knowledge_cutoff", _day),
    "Released": ("released_on", _day),
    "Deprecated": ("deprecated_on", _day),
    "Retires": ("retires_on", _day),
    "Replacement": ("replacement", str),
}
LANGUAGES = {
    "curl": "cURL",
    "python": "Python",
    "javascript": "JavaScript",
    "typescript": "TypeScript",
    "go": "Go",
    "ruby": "Ruby",
    "php": "PHP",
}
UNKNOWN = ("Not stated", "Not on record", "Not on record here")


@pytest.fixture(autouse=True)
def _at_noon(monkeypatch):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)


def differences(html, markdown, answer, snippets):
    """What the three forms of a model's page say differently."""
    _page, sections = read(markdown)
    name = answer["display_name"]
    part = {heading.removesuffix(f": {name}"): tree for heading, tree in sections.items()}
    found = []
    for key, heading in (
        ("specs", "Spec sheet"),
        ("pricing", "Pricing"),
        ("history", "Price and status history"),
        *([("end-of-life", "End of life")] if answer["end_of_life"] else []),
    ):
        one, other = _rows(html.one("section", id=key)), _rows(part[heading])
        found += [
            f"{heading}: {row}" for row in ((Counter(one) - Counter(other)) + (Counter(other) - Counter(one)))
        ]
    sheet = {row[0]: row[1] for row in _rows(part["Spec sheet"])}
    for label, (key, write) in SHEET.items():
        said, row = write(answer[key]), sheet.get(label)
        if key == "retires_on" and answer["lifecycle"] == "retired":
            row = sheet.get("Retired on")
        if key == "replacement":
            said = ", ".join(replacements(answer))
        if row is None and key in answer["does_not_apply"] and label in sheet["Does not apply"]:
            continue
        if row != said and (said or row not in UNKNOWN):
            found.append(f"{label}: the Markdown says {row}, the JSON {said}")
    found += _amounts(part["Pricing"], answer["prices"] + answer["announced_prices"])
    return [*found, *_code(html, part["Quickstart"], name, snippets)]


def _rows(section):
    """The cells of all tables, without the brackets of notes; rows that are only a heading are none."""
    rows = [[re.sub(r"[()]", "", cell.text) for cell in cells] for cells in section.rows()]
    return [tuple(row) for row in rows if len(row) > 1]


def _amounts(section, prices):
    heads = [head.text for head in section.first("thead").all("th")] if section.first("thead") else []
    for kind, column in (("sell", "Price"), ("list", "List price")):
        wanted = Counter(
            (Decimal(row["amount"]), row["unit"])
            for row in prices
            if row["kind"] == kind and row["state"] == "known"
        )
        rows = [dict(zip(heads, row, strict=True)) for row in _rows(section)] if column in heads else []
        shown = Counter(
            # A letter behind the unit leads to a note.
            (Decimal(row[column].split()[0][1:].replace(",", "")), re.sub(r"( [a-z])+$", "", row["Unit"]))
            for row in rows
            if row[column].startswith("$")
        )
        if shown != wanted:
            yield f"{kind}: the Markdown says {shown - wanted}, the JSON {wanted - shown}"


def _code(html, section, name, snippets):
    tabs = {
        tab.attributes["data-language"]: tab.one("pre").raw
        for tab in html.all("section", class_="snippet-tab")
    }
    assert not tabs or set(tabs) <= set(LANGUAGES)
    answered = {(row["language"], row["code"].rstrip("\n")) for row in snippets}
    for language, label in LANGUAGES.items():
        blocks = [block.rstrip("\n") for block in code_under(section, f"{label} for {name}")]
        if language not in tabs:
            if blocks:
                yield f"{language}: only the Markdown has code"
        elif not blocks or blocks[-1] != tabs[language].rstrip("\n"):
            yield f"{language}: the Markdown's code is not the page's"
        elif (language, blocks[-1]) not in answered:
            yield f"{language}: the Markdown's code is not the API's"


def _forms(client, model_id, **query):
    path = lookup.by_model_id(model_id)["path"]
    markdown = client.get(f"{path}.md", query)
    assert markdown.status_code == 200
    assert markdown["Content-Type"] == "text/markdown; charset=utf-8"
    answer = client.get(f"{path}.json")
    assert answer.content == client.get(f"/api/v1/models/{model_id}").content
    snippets = client.get(f"/api/v1/models/{model_id}/snippets").json()["items"]
    return shown(client, path, **query), markdown.content.decode(), answer.json(), snippets


@pytest.mark.parametrize("file", SMALL_FILES, ids=lambda file: file.stem)
@pytest.mark.django_db
def test_the_three_forms_of_a_providers_models_say_the_same(client, file):
    for model in stated(file):
        forms = _forms(client, model["model_id"])
        assert differences(*forms) == [], model["model_id"]
        markdown = forms[1]
        assert len(markdown) < 50_000
        assert not re.search(r"&(?:quot|#39|#x27|amp|lt|gt);", markdown), model["model_id"]
        headings = [line for line in _prose(markdown) if line.startswith("#")]
        assert len(headings) == len(set(headings)), model["model_id"]


@pytest.mark.django_db
def test_a_unit_that_is_inferred_is_marked_beside_the_same_amounts(client):
    variant = a_variant("testfam-one", modality="image", lifecycle="active")
    a_price(variant, meter="images", unit_is_inferred=True)
    a_price(variant, meter="images", kind="list")
    a_price(variant, meter="images", kind="list", conditions={"resolution": "2k"}, unit_is_inferred=True)
    forms = _forms(client, "testfam-one")
    assert differences(*forms) == []
    html, markdown, *rest = forms
    assert "$1.50 (unit inferred) | $1.50 |" in markdown
    assert differences(html, markdown.replace("$1.50 (unit inferred) |", "$1.50 |", 1), *rest) != []


def _prose(markdown):
    return re.sub(r"^(`{3,})[^`]*?\n.*?^\1$", "", markdown, flags=re.DOTALL | re.MULTILINE).splitlines()


@pytest.mark.django_db
def test_every_call_and_option_of_a_model_has_its_own_code_in_the_markdown(client):
    snippets = client.get(f"/api/v1/models/{TOKENS}/snippets").json()["items"]
    calls = {(row["action"] or row["protocol"], row["option"]) for row in snippets}
    assert len(calls) > 10
    for call, option in calls:
        assert differences(*_forms(client, TOKENS, call=call, option=option)) == []


@pytest.mark.django_db
def test_every_kind_of_call_and_option_has_the_same_code_in_all_forms(client):
    """One model for each kind of request: its protocol, option and way of answering."""
    chosen = {}
    for record in small_records():
        for request in describe(record):
            chosen.setdefault(shape(request), (record["model_id"], request))
    assert len(chosen) > 30
    for model_id, request in chosen.values():
        asked = {"call": request.action or request.protocol, "option": request.option}
        assert differences(*_forms(client, model_id, **asked)) == [], (model_id, asked)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("before", "after"),
    [("$1.88", "$1.87"), ("64,000 tokens", "46,000 tokens"), ("30 November 2026", "1 December 2026"),
     ("max_tokens=1024", "max_tokens=1025"), ("| 1M tokens |", "| 1K tokens |"), ("| Batch |", "| Flex |")],
)  # fmt: skip
def test_a_difference_in_the_markdown_alone_is_seen(client, before, after):
    html, markdown, answer, snippets = _forms(client, TOKENS)
    assert before in markdown
    assert differences(html, markdown.replace(before, after), answer, snippets) != []
