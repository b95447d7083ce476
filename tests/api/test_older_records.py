"""Records that release 0.1.0 writes are answered, too: they have no key `stated_name`."""

import csv
import json
from datetime import date

import pytest
from django.utils import timezone

from catalog.history.source_claims import shown_fields
from catalog.models import Document
from catalog.records.record import read_record
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db
NAMED, UNNAMED = "testfam-named", "testfam-bare"


@pytest.fixture(autouse=True)
def _older():
    """Two models as 0.1.0 writes them: the ID is the name of the second."""
    for model_id, name in ((NAMED, "Well Named"), (UNNAMED, "")):
        variant = a_variant(model_id, name=name, released_on=date(2026, 1, 2), modality="text")
        a_price(variant)
        a_price(variant, meter="output_tokens")
        row = Document.objects.get(variant__model_id=model_id)
        record = json.loads(row.body)
        del record["stated_name"]
        row.body = json.dumps(record | {"name": name or model_id})
        row.save(update_fields=["body"])


def both(rows):
    return {row["model_id"]: row for row in rows if row["model_id"] in (NAMED, UNNAMED)}


def test_the_api_answers_the_stated_name_or_null(client):
    rows = both(client.get("/api/v1/models?q=testfam").json()["items"])
    assert (rows[NAMED]["name"], rows[UNNAMED]["name"]) == ("Well Named", None)
    one = client.get(f"/api/v1/models/{NAMED}").json()
    assert one["name"] == "Well Named"
    assert both(one["siblings"])[UNNAMED]["name"] is None


def test_the_search_answers_the_stated_name(client):
    answer = client.get("/api/v1/search?q=testfam-named")
    assert answer.status_code == 200
    assert '"name":"Well Named"' in answer.content.decode().replace(": ", ":")


def test_the_table_has_the_stated_name_or_an_empty_cell(client):
    text = b"".join(client.get("/models.csv").streaming_content).decode()
    rows = both(csv.DictReader(text.splitlines()))
    assert (rows[NAMED]["name"], rows[UNNAMED]["name"]) == ("Well Named", "")


@pytest.mark.parametrize("form", ["openrouter", "genai-prices", "models-dev"])
def test_each_export_has_the_stated_name(client, form):
    answer = client.get(f"/api/v1/exports/{form}?kind=sell")
    assert answer.status_code == 200
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content
    assert b"Well Named" in body


def test_the_sources_show_the_stated_name():
    record = read_record(Document.objects.get(variant__model_id=NAMED).body)
    (name,) = (row for row in shown_fields(record, timezone.now(), frozenset()) if row.field == "name")
    assert name.shown == "Well Named"
