"""A new field of a price is a line in the one class and its column, and goes from a file to every answer."""

import json

import pytest

from api.schemas import Price
from catalog.pricing.price import PriceRecord
from mcp_server.shapes import PriceShape
from scratch import BEACON, Scratch

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # a scratch copy has a database of its own

VALUE = "catalog/pricing/price.py"
RECORDED = "currency: str\n    conditions: dict[str, Any]\n"
EDITS = [
    (VALUE, RECORDED, "    ceiling: int | None\n"),
    (VALUE, "    conditions: Conditions = ALWAYS\n", "    ceiling: int | None = None\n"),
    (
        VALUE,
        '            conditions=parse(record["conditions"]),\n',
        '            ceiling=record["ceiling"],\n',
    ),
    (VALUE, '        "conditions": conditions,\n', '        "ceiling": price.ceiling,\n'),
    (
        "catalog/models/price.py",
        "    conditions = models.JSONField(default=dict, blank=True)\n",
        "    ceiling = models.PositiveIntegerField(null=True, blank=True)\n",
    ),
    (
        "catalog/exchange/file_prices.py",
        "        conditions=when,\n",
        '        ceiling=table.whole("ceiling"),\n',
    ),
    # The shapes of answers are written by hand; the first test holds them to the class.
    ("site/api/schemas/models.py", RECORDED, "    ceiling: int | None\n"),
    ("site/mcp_server/shapes.py", RECORDED, "    ceiling: int | None\n"),
]
"""File, the line after which the new one comes, and the new one."""
FILE = f"""{BEACON}
[[family.model]]
model_id = "beacon-1"
modality = "text"

[[family.model.price]]
kind = "sell"
meter = "input_tokens"
amount = "1.5"
ceiling = 3
effective_from = 2026-01-01T00:00:00Z
"""
PROBE = """
import json, os, sys
from pathlib import Path
import django
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
django.setup()
from django.test import Client
from catalog.exchange.dump import dump
from catalog.exchange.load import load_files
from catalog.exchange.write_toml import render
from catalog.models import Price
from catalog.publishing.change_sets import approve
from catalog.publishing.drafts import PriceDraft, draft
from mcp_server.shapes import PriceShape as Shape
load_files([Path(sys.argv[1])])
old = Price.objects.get()
why = {"reason": "It became dearer", "source_label": "Price list"}
approve(draft(None, edits=[PriceDraft.change(old, "known", old.amount * 2)], **why), None)
client = Client(SERVER_NAME="127.0.0.1")
rows = client.get("/api/v1/models/beacon-1/prices?history=true").json()["items"]
[Shape(**row) for row in rows]
change = client.get("/api/v1/changes?kind=price").json()["items"][0]
print(json.dumps({
    "api": [row["ceiling"] for row in rows],
    "change": [change["before"]["ceiling"], change["after"]["ceiling"]],
    "file": render(dump())["labs"].count("ceiling = 3"),
}))
"""


def test_the_shapes_of_answers_name_what_a_price_row_has():
    assert set(Price.model_fields) == set(PriceShape.model_fields) == set(PriceRecord.__annotations__)


def test_a_price_field_is_added_in_six_files(tmp_path):
    copy = Scratch(tmp_path)
    for name, line, new in EDITS:
        copy.replace(name, line, f"{line}{new}")
    copy.run("manage.py", "makemigrations", "catalog", "--name", "ceiling")
    assert len(copy.touched()) == 6
    copy.run("manage.py", "migrate", "--verbosity", "0")
    (copy.var / "labs.toml").write_text(FILE)
    (copy.var / "probe.py").write_text(PROBE)
    found = json.loads(copy.run(str(copy.var / "probe.py"), str(copy.var / "labs.toml")))
    assert found == {"api": [3, 3], "change": [3, 3], "file": 2}
