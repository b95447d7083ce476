"""A new field of a price is a line in the one class and its column, and goes from a file to every answer."""

import json

import pytest

from api.schemas import Price
from catalog.pricing.price import PriceRecord
from mcp_server.shapes import Price as PriceShape
from scratch import Scratch

pytestmark = pytest.mark.engine("sqlite")  # the scratch copy has a database of its own

VALUE, COLUMNS = "catalog/pricing/price.py", "catalog/models/price.py"
READER = "catalog/exchange/catalog_file.py"
SHAPES = "site/api/schemas/models.py", "site/mcp_server/shapes.py"
"""Written by hand; the first test holds them to the class."""
FILE = """
[provider]
slug = "labs"
name = "Labs"

[[family]]
slug = "beacon"
name = "Beacon"

[[family.model]]
model_id = "beacon-1"
modality = "text"

[[family.model.price]]
kind = "sell"
meter = "input_tokens"
amount = "1.5"
minimum = 3
effective_from = 2026-01-01T00:00:00Z
"""
PROBE = """
import json, sys
from pathlib import Path
import django
django.setup()
from django.test import Client
from catalog.exchange.dump import dump
from catalog.exchange.load import load_files
from catalog.exchange.render import render
from catalog.models import Price
from catalog.publishing.change_sets import approve
from catalog.publishing.drafts import Wanted, draft
from mcp_server.shapes import Price as Shape
load_files([Path(sys.argv[1])])
old = Price.objects.get()
why = {"reason": "It became dearer", "source_label": "Price list"}
approve(draft(None, edits=[Wanted.change(old, "known", old.amount * 2)], **why), None)
client = Client(SERVER_NAME="127.0.0.1")
rows = client.get("/api/v1/models/beacon-1/prices?history=true").json()["items"]
[Shape(**row) for row in rows]
change = client.get("/api/v1/changes?kind=price").json()["items"][0]
print(json.dumps({
    "api": [row["minimum"] for row in rows],
    "change": [change["before"]["minimum"], change["after"]["minimum"]],
    "file": render(dump())["labs"].count("minimum = 3"),
}))
"""


def test_the_shapes_of_answers_name_what_a_price_row_has():
    assert set(Price.model_fields) == set(PriceShape.model_fields) == set(PriceRecord.__annotations__)


def test_a_price_field_is_added_in_six_files(tmp_path):
    copy = Scratch(tmp_path)
    copy.replace(
        VALUE,
        "    conditions: dict[str, Any]\n\n",
        "    conditions: dict[str, Any]\n    minimum: int | None\n\n",
    )
    copy.replace(
        VALUE,
        "    conditions: Conditions = ALWAYS\n",
        "    conditions: Conditions = ALWAYS\n    minimum: int | None = None\n",
    )
    copy.replace(
        VALUE,
        '            conditions=parse(record["conditions"]),\n',
        '            conditions=parse(record["conditions"]),\n            minimum=record["minimum"],\n',
    )
    copy.replace(
        VALUE,
        '            "conditions": self.conditions.wire,\n        }',
        '            "conditions": self.conditions.wire,\n            "minimum": self.minimum,\n        }',
    )
    copy.replace(
        COLUMNS,
        "    conditions_key = models",
        "    minimum = models.PositiveIntegerField(null=True, blank=True)\n    conditions_key = models",
    )
    copy.replace(
        READER,
        "        conditions=when,\n",
        '        conditions=when,\n        minimum=table.whole("minimum"),\n',
    )
    for name in SHAPES:
        copy.replace(
            name,
            "    conditions: dict[str, Any]\n    effective_from",
            "    conditions: dict[str, Any]\n    minimum: int | None\n    effective_from",
        )
    copy.run("manage.py", "makemigrations", "catalog", "--name", "minimum")
    assert len(copy.touched()) == 6
    copy.run("manage.py", "migrate", "--verbosity", "0")
    (copy.var / "labs.toml").write_text(FILE)
    (copy.var / "probe.py").write_text(PROBE)
    found = json.loads(copy.run(str(copy.var / "probe.py"), str(copy.var / "labs.toml")))
    assert found == {"api": [3, 3], "change": [3, 3], "file": 2}
