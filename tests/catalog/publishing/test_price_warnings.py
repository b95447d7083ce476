"""Slips of price are asked about: 500 planted, 500 stopped, and an ordinary step passes."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from catalog.pricing.price import PriceValue
from catalog.pricing.units import METERS
from catalog.publishing.price_warnings import ProposedPrice, odd_terms, questions

FLOOR = Decimal("0.4")


def asked(old, new, *, meter="input_tokens", per=1_000_000, listed=None, kind="sell", is_free=False):
    state = "free" if is_free else "known" if new is not None else "dynamic"
    value = PriceValue(
        kind=kind, state=state, meter=meter, per=per, amount=None if new is None else Decimal(new)
    )
    listed = None if listed is None else Decimal(listed)
    return questions(ProposedPrice(value, None if old is None else Decimal(old), listed), FLOOR)


@pytest.mark.parametrize("factor", ["10", "100", "1000", "1000000", "0.1", "0.01", "0.001", "0.000001"])
@pytest.mark.parametrize("cents", range(1, 64))
def test_a_slip_of_unit_is_always_asked_about(factor, cents):
    # An amount has at most six digits before the point.
    old = Decimal(cents) / (8_000 if factor == "1000000" else 8)
    found = asked(old, old * Decimal(factor))
    assert any("the old price: is the amount really per 1M tokens?" in said for said in found)


@given(st.decimals("0.001", "700", places=4), st.decimals("-0.25", "0.25", places=4))
def test_a_step_of_at_most_a_quarter_is_not_asked_about(old, share):
    assert asked(old, old * (1 + share)) == []


@given(st.decimals("0.01", "100", places=4), st.decimals("1.2501", "9", places=4))
def test_a_larger_step_is_always_asked_about(old, factor):
    assert asked(old, old * factor)
    # A fall by a quarter is a factor of four thirds.
    assert bool(asked(old * factor, old)) is ((factor - 1) * 4 > factor)


def test_each_question_says_what_is_odd_in_words():
    assert asked("1.5", "0", is_free=True)[0] == "It becomes free: nothing is charged for it."
    assert asked("1.5", "3") == ["It is 100% more than before."]
    assert asked("1.5", "1500") == [
        "It is about 1,000 times the old price: is the amount really per 1M tokens?",
        "It is $1,500.00 per 1M tokens: prices of tokens lie between $0.0001 and $1,000.00.",
    ]
    assert "a 1,000th of" in asked("1.5", "0.0015")[0]
    assert asked("1.5", "1.3", listed="4") == ["It is below 40% of the list price of $4.00."]
    assert asked(None, "0.00005", per=1_000_000)[0].startswith("It is $0.00005 per 1M tokens")
    assert asked(None, "0.002", per=1_000) == []
    assert asked(None, "2", per=1_000)[0].startswith("It is $2,000.00 per 1M tokens")
    assert asked("1.5", "1.6", listed="1.6") == []
    assert asked(None, "5", meter="images", per=1) == []
    assert asked("1", "1.1", kind="list", listed="9") == []


@pytest.mark.parametrize("meter", METERS)
@pytest.mark.parametrize("per", [1, 1_000, 1_000_000])
def test_a_lot_is_asked_about_where_it_is_not_the_usual_one_of_its_meter(meter, per):
    found = list(odd_terms(meter, per, {}, ()))
    assert [term.about for term in found] == ([] if per == METERS[meter].per else ["per"])


def test_an_odd_lot_is_said_beside_the_usual_one():
    (term,) = odd_terms("pages", 1_000_000, {}, ())
    assert term.said == "It is priced per 1M pages: pages are usually priced per page. Is it right?"
    assert not term.is_slip


@pytest.mark.parametrize(
    ("name", "parameters", "said", "is_slip"),
    [
        ("colour", {"size"}, "neither built in nor a parameter of the model. Can a request meet it?", False),
        ("colour", (), "not built in, and no parameter of the model is known. Can a request", False),
        ("service_teir", {"size"}, "nor a parameter of the model. Did you mean service_tier?", True),
        ("service_teir", (), "parameter of the model is known. Did you mean service_tier?", False),
        ("out_resolution", {"output_resolution"}, "Did you mean output_resolution?", True),
    ],
)
def test_an_unknown_condition_is_only_a_slip_where_parameters_are_known(name, parameters, said, is_slip):
    (term,) = odd_terms("images", 1, {name: "x", "action": "draw"}, parameters)
    assert (term.about, term.is_slip) == (name, is_slip)
    assert said in term.said


def test_parameters_and_built_in_conditions_are_not_odd():
    assert not list(odd_terms("images", 1, {"size": "x", "service_tier": "batch"}, {"size"}))
