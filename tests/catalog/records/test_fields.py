"""The table of fields: its rows fit the columns of models, and its types store, read and compare."""

from datetime import date
from typing import get_type_hints

import pytest
from django.db import models

from catalog.models import Variant
from catalog.models.variant import CUTOFF
from catalog.records.field_types import (
    AddressType,
    ChoiceType,
    DayType,
    MonthType,
    NumberType,
    OtherModelType,
    RowsType,
    SetType,
    TableType,
    TextType,
    YesNoType,
)
from catalog.records.fields import FIELDS
from catalog.records.model_field import placed
from catalog.records.record import Record
from factories import a_record

COLUMNS = {
    TextType: models.CharField,
    MonthType: models.CharField,
    ChoiceType: models.CharField,
    AddressType: models.URLField,
    NumberType: models.PositiveIntegerField,
    DayType: models.DateField,
    YesNoType: models.BooleanField,
    SetType: models.JSONField,
    RowsType: models.JSONField,
    TableType: models.JSONField,
    OtherModelType: models.ForeignKey,
}
NO_FIELDS = {
    *("id", "family", "model_id", "slug", "name", "overview", "position", "price_claim"),
    *("price_claim_source", "source_url", "source_label", "checked_on", "admin_fields", "announced_stage"),
}
"""Columns that address a model, are of editors, or say where the row is from or what was told of it."""
LICENSE = TableType("License", {"name": TextType(), "url": AddressType()}, ("name",))
LINKS = RowsType("Link", {"kind": ChoiceType({"paper": "Paper"}), "url": AddressType()}, ("kind", "url"))


def test_every_column_of_a_model_is_a_field_or_known_not_to_be():
    columns = {column.name for column in Variant._meta.concrete_fields}
    assert columns == {field.name for field in FIELDS} | NO_FIELDS


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_a_column_holds_what_the_type_of_its_field_says(field):
    column = Variant._meta.get_field(field.name)
    assert type(column) is COLUMNS[type(field.type)]
    assert column.blank, "what is not known is left blank"
    is_text = isinstance(column, models.CharField)
    assert column.null is not (is_text or column.has_default()), "a blank text and an empty list are no null"
    if isinstance(field.type, TextType):
        assert column.max_length == field.type.longest
    if isinstance(field.type, MonthType):
        assert CUTOFF in column.validators
    if isinstance(field.type, ChoiceType):
        assert dict(column.choices) == dict(field.type.labels)
    if isinstance(field.type, SetType | RowsType):
        assert column.default is list


def test_a_record_of_old_that_has_no_such_key_says_nothing():
    for field in FIELDS:
        assert field.value({}) in (None, [])
        assert field.type.words(field.value({})) == []


def test_a_record_of_a_model_names_all_of_its_fields():
    assert {field.key for field in FIELDS} <= get_type_hints(Record).keys()
    assert {field.key for field in FIELDS} <= a_record().keys()


@pytest.mark.parametrize(
    ("kind", "column", "stored", "words"),
    [
        (TextType(), "", None, []),
        (TextType(), "o200k", "o200k", ["o200k"]),
        (NumberType(), None, None, []),
        (NumberType(), 1_048_576, 1_048_576, ["1,048,576"]),
        (NumberType(), 0, 0, []),
        (NumberType(least=0), 0, 0, ["0"]),
        (DayType(), None, None, []),
        (DayType(), date(2026, 11, 30), "2026-11-30", ["30 November 2026"]),
        (MonthType(), "2025-07", "2025-07", ["July 2025"]),
        (YesNoType(), None, None, []),
        (YesNoType(), False, False, ["No"]),
        (YesNoType(), True, True, ["Yes"]),
        (ChoiceType({"eu": "Europe"}), "eu", "eu", ["Europe"]),
        (ChoiceType({"eu": "Europe"}), "mars", "mars", ["mars"]),
        (SetType({"eu": "Europe"}), [], [], []),
        (SetType({"eu": "Europe", "us": "USA"}), ["us", "eu"], ["us", "eu"], ["USA", "Europe"]),
        (SetType(), ["edit"], ["edit"], ["edit"]),
        (LINKS, [], [], []),
        (LICENSE, None, None, []),
        (LICENSE, {"name": "MIT"}, {"name": "MIT", "url": None}, ["MIT"]),
    ],
)  # fmt: skip
def test_a_type_stores_and_says_a_value(kind, column, stored, words):
    assert kind.stored(column) == stored
    assert kind.words(stored) == words


def test_rows_are_stored_with_all_of_their_columns():
    kind = RowsType("End", {"platform": TextType(), "retires_on": DayType()}, ("platform",))
    stored = kind.stored([{"platform": "Cloud"}, {"platform": "Direct", "retires_on": "2027-01-31"}])
    assert stored == [
        {"platform": "Cloud", "retires_on": None},
        {"platform": "Direct", "retires_on": "2027-01-31"},
    ]
    assert kind.words(stored) == ["Cloud", "Direct · 31 January 2027"]
    assert kind.addresses(stored) == ["", ""]


def test_rows_lead_where_their_address_says():
    assert LINKS.addresses([{"kind": "paper", "url": "https://labs.example/a"}]) == ["https://labs.example/a"]


def test_rows_of_ones_own_stand_before_a_field_that_is_there():
    rows = [("b", "field b"), ("c", "field c")]
    assert placed(rows, {"c": ["own"]}, ["end"]) == ["field b", "own", "field c", "end"]
    with pytest.raises(ValueError, match="no row is named a"):
        placed(rows, {"a": ["own"]})


def test_sets_and_rows_compare_without_their_order():
    one, other = {"kind": "paper", "url": "a"}, {"kind": "paper", "url": "b"}
    assert SetType().same(["a", "b"]) == SetType().same(["b", "a"])
    assert LINKS.same([one, other]) == LINKS.same([other, one])
    assert LINKS.same([one]) != LINKS.same([other])
    assert MonthType().same("2025-07-31") == MonthType().same("2025-07")
