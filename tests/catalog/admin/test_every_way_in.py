"""A price in an unusual unit, or under an unknown condition, is asked about or listed on every way in."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.test import Client
from django.utils import timezone

from catalog.exchange import odd_prices
from catalog.management.commands import load_catalog
from catalog.models import Parameter, Price
from catalog.pricing.conditions import parse
from catalog.pricing.price import PriceValue
from catalog.publishing import change_sets, price_terms
from catalog.publishing.drafts import PriceDraft, draft
from catalog.vocabulary import PriceState
from catalog_files import SMALL, write
from desk import DESK, WHY, upload
from price_desk import GOOD, NEW, to
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db

LOT = re.compile(r"It is priced per 1[KM] (\w+): \1 are usually priced per ")
NAME = re.compile(r"The condition (?:colour|output_resolution) is n(?:either|ot) built in")
MANY = {"meter": "pages", "per": 1_000_000, "conditions": {"colour": "red"}}
OWN = SMALL.replace(
    'per = 1_000_000\namount = "1.875"', 'per = 1_000\namount = "1.875"\nconditions = { colour = "red" }'
)
BY_THE_THOUSAND = """[{"id": "lab", "name": "Lab", "models": [
  {"id": "m", "match": {"equals": "m"}, "prices": {"requests_kcount": 5}}
]}]"""
BY_RESOLUTION = """{"lab/m": {
  "litellm_provider": "lab", "mode": "video_generation", "output_cost_per_second_720p": 0.1
}}"""


@dataclass
class Place:
    """What a way in starts from: a model whose parameters are known, with odd prices that 0.1.0 let in."""

    desk: Client
    folder: Path
    sell: Price
    listed: Price
    out: Callable[[], str]

    @property
    def count(self) -> int:
        return Price.objects.at(timezone.now()).count()

    def review(self, answer) -> str:
        return self.desk.get(answer["Location"]).content.decode() if answer.status_code == 302 else ""


@pytest.fixture
def place(desk, tmp_path, capsys):
    variant = a_variant("testfam-priced")
    Parameter.objects.create(variant=variant, action="read", name="resolution")
    before = a_price(variant, amount=Decimal("0.02"), **MANY)
    listed = a_price(variant, kind="list", amount=Decimal("0.02"), **(MANY | {"meter": "images"}))
    return Place(desk, tmp_path, before, listed, lambda: capsys.readouterr().out)


def add_form(at):
    conditions = {"per": "1000000", "meter": "requests", "conditions": '{"colour": "red"}'}
    return at.review(at.desk.post(to("price_new", at.sell.variant_id), NEW | conditions))


def successor_form(at):
    return at.review(at.desk.post(to("price_succeed", at.sell.pk), GOOD | {"amount": "0.021"}))


def typed_cell(at):
    return at.review(at.desk.post(DESK, {**WHY, "_cells": "1", f"sell-{at.sell.pk}": "0.021"}))


def first_sell_price_typed(at):
    return at.review(at.desk.post(DESK, {**WHY, "_cells": "1", f"new-{at.listed.pk}": "0.02"}))


def pasted_column(at):
    cells = {f"sell-{at.sell.pk}": "0.021", f"new-{at.listed.pk}": "0.02"}
    return at.review(at.desk.post(DESK, {**WHY, "_cells": "1", **cells}))


def rule(at):
    sent = {**WHY, "_rule": "1", "operation": "percent", "value": "5"}
    return at.review(at.desk.post(f"{DESK}?q=testfam-priced", sent))


def csv_file(at):
    row = {"price_id": str(at.sell.pk), "amount": "0.021"}
    return at.review(upload(at.desk, [row]))


def change_set(at):
    value = PriceValue(
        kind="sell",
        state=PriceState.ON_REQUEST,
        meter="requests",
        per=1_000,
        amount=None,
        conditions=parse({"colour": "red"}),
    )
    new = PriceDraft(at.sell.variant, None, value)
    found = draft(None, reason="Drafted by a program", source_label="List", edits=[new])
    return at.desk.get(to("changeset_review", found.pk)).content.decode()


def undo(at):
    end = PriceDraft.end(at.sell)
    found = draft(None, reason="It is not sold so", source_label="List", edits=[end])
    back = change_sets.undo(change_sets.approve(found, None), None)
    return at.desk.get(to("changeset_review", back.pk)).content.decode()


def own_file(at):
    call_command("import_catalog", str(write(at.folder, OWN)), "--dry-run")
    return at.out()


def own_file_as_json(at):
    call_command("import_catalog", str(write(at.folder, OWN)), "--dry-run", "--json")
    return "\n".join(row["said"] for row in json.loads(at.out())["warnings"])


def bundled_file(at):
    call_command("load_catalog", "--dry-run")
    return at.out()


def uploaded(at, name: str, content: str, format_: str) -> str:
    file = SimpleUploadedFile(name, content.encode())
    sent = {"format": format_, "mode": "models", "file": file}
    return at.review(at.desk.post("/admin/catalog/importfile/upload/", sent))


def own_file_uploaded(at):
    return uploaded(at, "example-labs.toml", OWN, "toml")


def imported(at, content: str, format_: str) -> str:
    path = write(at.folder, content, "lab.json")
    call_command("import_catalog", str(path), "--from", format_, "--dry-run")
    return at.out()


def lots_of_others(at):
    return imported(at, BY_THE_THOUSAND, "genai-prices")


def lots_of_others_uploaded(at):
    return uploaded(at, "lab.json", BY_THE_THOUSAND, "genai-prices")


def conditions_of_others(at):
    return imported(at, BY_RESOLUTION, "litellm")


def conditions_of_others_uploaded(at):
    return uploaded(at, "lab.json", BY_RESOLUTION, "litellm")


FORMS = [
    *(add_form, successor_form, typed_cell, first_sell_price_typed, pasted_column),
    *(rule, csv_file, change_set, undo),
]
FILES = [own_file, own_file_as_json, bundled_file, own_file_uploaded]
LOTS = [lots_of_others, lots_of_others_uploaded]
NAMES = [conditions_of_others, conditions_of_others_uploaded]
"""Files of others have one or the other: how they are read leaves no other slip."""
WAYS = pytest.mark.parametrize("way", [*FORMS, *FILES, *LOTS, *NAMES], ids=lambda way: way.__name__)


@pytest.fixture
def bundled(tmp_path, monkeypatch):
    """The bundled files are one, and it is odd."""
    monkeypatch.setattr(load_catalog, "bundled_files", lambda: [write(tmp_path, OWN, "bundled.toml")])


@pytest.mark.slow
@pytest.mark.clock(goes_on=True)  # one write comes after the other
@pytest.mark.usefixtures("bundled")
@WAYS
def test_what_is_odd_is_said_and_nothing_is_live_unasked(place, way):
    before = place.count
    said = way(place)
    assert LOT.search(said) or way in NAMES
    assert NAME.search(said) or way in LOTS
    if way in FORMS:
        assert "then type <strong>confirm" in said
    assert place.count == before - (way is undo)


@pytest.mark.slow
@pytest.mark.clock(goes_on=True)
@pytest.mark.usefixtures("bundled")
@WAYS
def test_every_way_goes_through_the_one_check(place, way, monkeypatch):
    """Without the check nothing is said: so no way has a check of its own, or none."""
    for module in (price_terms, odd_prices):
        monkeypatch.setattr(module, "odd_terms", lambda *_terms: iter(()))
    said = way(place)
    assert "testfam" in said or "beacon" in said or "lab" in said or way is own_file_as_json
    assert not LOT.search(said)
    assert not NAME.search(said)


def test_what_was_asked_about_is_published_once_it_is_confirmed(place):
    sent = {"per": "1000000", "meter": "requests", "conditions": '{"colour": "red"}'}
    review = place.desk.post(to("price_new", place.sell.variant_id), NEW | sent)["Location"]
    refused = place.desk.post(review, {"_approve": "1", "phrase": "yes"}).content.decode()
    assert "Some prices look odd." in refused
    assert not Price.objects.filter(meter="requests", variant=place.sell.variant).exists()
    place.desk.post(review, {"_approve": "1", "phrase": "confirm 1"})
    assert Price.objects.get(meter="requests", variant=place.sell.variant).conditions == {"colour": "red"}


def test_a_file_names_line_model_and_condition_of_an_odd_price(place):
    call_command("import_catalog", str(write(place.folder, OWN)))
    said = place.out()
    line = OWN[: OWN.index("[[family.model.price]]")].count("\n") + 1
    assert "Check these values, 2 in all:" in said
    assert f"Can a request meet it? [example-labs.toml:{line}]" in said
    assert "? beacon-2: sell input_tokens: The condition colour is neither built in nor" in said
    assert Price.objects.get(variant__model_id="beacon-2").per == 1_000
    call_command("import_catalog", str(write(place.folder, OWN)))
    assert "Nothing to do." in place.out()
