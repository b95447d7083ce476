"""What is possible and hardly true is asked about: each slip is planted once."""

from datetime import date
from decimal import Decimal

import pytest

from catalog.records.plausibility import questions, snapshot_day
from catalog.records.stated_model import StatedModel, StatedPrice

TODAY = date(2026, 11, 29)


def price(amount, kind="list", checked_on=TODAY, meter="input_tokens"):
    return StatedPrice(kind, meter, f"{kind} {meter}", amount and Decimal(amount), checked_on)


def model(model_id="elm-1", prices=("1.5",), aliases=(), has_replacement=False, **fields):
    rows = [each if isinstance(each, StatedPrice) else price(each) for each in prices]
    return StatedModel(model_id, "elm", fields, aliases, has_replacement, rows)


SIBLINGS = [model("elm-2"), model("elm-3", prices=["3"])]


def asked(this, siblings=SIBLINGS):
    return [text for model_id, text in questions([this, *siblings], TODAY) if model_id == this.model_id]


def test_a_likely_model_is_not_asked_about():
    likely = model(
        released_on=TODAY,
        context_window=1000,
        max_output_tokens=1000,
        aliases=["elm-latest"],
        prices=["299.99"],
    )
    assert asked(likely) == []


@pytest.mark.parametrize(
    ("this", "reason"),
    [
        (model(prices=["300"]), "list input_tokens: 300 is 100 times the price of any sibling, or more"),
        (model(prices=["0.015"]), "list input_tokens: 0.015 is a 100th of the price of any sibling, or less"),
        (model(released_on=date(2026, 11, 30)), "released_on: 2026-11-30 is still to come"),
        (
            model(context_window=128_000, max_output_tokens=128_001),
            "max_output_tokens: 128001 is above the context window 128000",
        ),
        (
            model(aliases=["elm-1-20260801"]),
            "aliases: elm-1-20260801 names the snapshot of 2026-08-01, a model of its own",
        ),
        (
            model(modality="image", actions=["text_to_image", "image_to_video"]),
            "modality: image, and its actions are of video",
        ),
        (
            model(retires_on=date(2027, 1, 1)),
            "retires_on: 2027-01-01 without a replacement, and siblings go on",
        ),
        (
            model(prices=[price("1.5", checked_on=date(2026, 8, 30))]),
            "list prices: read on 2026-08-30, more than 90 days ago",
        ),
    ],
)
def test_what_is_hardly_true_is_asked_about(this, reason):
    assert asked(this) == [reason]


@pytest.mark.parametrize(
    "this",
    [
        model(prices=[price("300", kind="sell")]),
        model(prices=[price(None), price("0")]),
        model("elm-20260801", aliases=["elm-2026-08-01"]),
        model(aliases=["elm-1-20260801"], snapshot_on=date(2026, 8, 1)),
        model(retires_on=date(2027, 1, 1), has_replacement=True),
        model(retires_on=date(2026, 1, 1)),
        model(prices=[price("1.5", checked_on=date(2026, 8, 31)), price("1", "sell", date(2025, 1, 1))]),
        model(modality="image", actions=["text_to_image"]),
        model(modality="text", actions=["dance"]),
        model(lifecycle="retired", prices=[price("1.5", checked_on=date(2025, 1, 1))]),
    ],
)
def test_what_has_a_reason_is_not_asked_about(this):
    assert asked(this) == []


def test_beside_one_sibling_no_price_is_a_slip():
    assert asked(model(prices=["300"]), SIBLINGS[:1]) == []


def test_an_end_is_no_question_where_all_siblings_end():
    ending = [model("elm-2", retires_on=date(2027, 1, 1)), model("elm-3", lifecycle="retired")]
    assert asked(model(retires_on=date(2027, 1, 1)), ending) == []


@pytest.mark.parametrize(
    ("model_id", "day"),
    [
        ("elm-20260801", date(2026, 8, 1)),
        ("elm-2026-08-01", date(2026, 8, 1)),
        ("elm-20260231", None),
        ("elm-120260801", None),
        ("elm-5-2", None),
        ("elm-0309", None),
    ],
)
def test_the_day_of_a_snapshot_ends_its_id(model_id, day):
    assert snapshot_day(model_id) == day
