"""Every parameter of the bundled catalog has a meaning, and page, schema, skill and agents read the same."""

import json
import re

import pytest

from catalog.models import Document, Parameter
from catalog.presentation.skills.names import key_of
from catalog.presentation.skills.skill_lookup import Shelf
from catalog.records.record import read_record
from catalog.snippets.json_schema import calls_of
from dom import tree

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what is said is the same on both

MODELS = ("kling-3.0", "suno-v5", "text-to-speech-multilingual-v2", "claude-sonnet-4-6")
PRICES = re.compile(r"\b(price|billed|charged?|costs?|cheap|dear)\b", re.IGNORECASE)


def test_no_parameter_is_without_a_meaning():
    rows = Parameter.objects.values_list("variant__model_id", "action", "name", "description")
    assert len(rows) >= 2_087
    assert [row[:3] for row in rows if not row[3].strip()] == []


def test_a_meaning_is_one_short_sentence_that_says_nothing_of_prices():
    meanings = set(Parameter.objects.values_list("description", flat=True))
    assert {text for text in meanings if not text.endswith(".") or len(text) > 100} == set()
    assert {text for text in meanings if PRICES.search(text)} == set(), "prices are rows"


def test_fields_that_only_a_protocol_names_have_its_meaning():
    bodies = Document.objects.values_list("body", flat=True)
    calls = [call for body in bodies for call in calls_of(read_record(body))]
    assert sum(len(call.others) for call in calls) > 1_000
    assert [spec["name"] for call in calls for spec in call.others if not spec["description"]] == []


@pytest.mark.parametrize("model_id", MODELS)
def test_page_schema_skill_and_api_read_the_same_meaning(model_id, client):
    record = read_record(Document.objects.get(variant__model_id=model_id).body)
    page = tree(client.get(record["path"]).content).one("section", id="parameters").text
    twin = client.get(f"{record['path']}.md").content.decode()
    schema = client.get(f"{record['path']}/schema.json").content.decode()
    stated = client.get(f"/api/v1/models/{model_id}").json()["parameters"]
    skill = Shelf().find(key_of(record["family"]["slug"]))
    schemas = [text for name, text in skill.files.items() if name.startswith("references/parameters-")]
    files = b"".join(schemas).decode()
    count = 0
    for action, rows in record["parameters"].items():
        told = {row["name"]: row["description"] for row in stated[action]}
        for row in rows:
            meaning = row["description"]
            count += 1
            assert meaning in page.replace("\n", " "), row["name"]
            assert meaning.replace("_", "\\_") in twin or meaning in twin, row["name"]
            assert json.dumps(meaning, ensure_ascii=False)[1:-1] in schema
            assert json.dumps(meaning, ensure_ascii=False)[1:-1] in files
            assert told[row["name"]] == meaning
    assert count
