"""Charts hold exactly the models that have what is drawn, where their figures say, each with its table."""

from datetime import UTC, datetime
from decimal import Decimal
from math import log10
from random import Random

import pytest

from catalog.comparison import plots
from catalog.records.facts import facts
from dom import tree
from drawn_labels import covered, labels
from factories import a_price, a_record
from pages.parts.axis import scale
from pages.parts.plot import picture
from pages.parts.scatter import scatter

NOW = datetime(2026, 11, 23, tzinfo=UTC)


def seen(*records):
    return [facts(record, NOW) for record in records]


def a_model(model_id, amount, context=200_000, **changed):
    return a_record(model_id, context_window=context, prices=[a_price(amount=amount, **changed)])


def drawn(*records):
    (found,) = [plot for plot in plots(seen(*records)) if plot.meter == "input_tokens"]
    return scatter(found)


def test_only_models_with_a_price_and_a_context_window_are_drawn():
    plot = drawn(
        a_model("a", "1"), a_model("b", "2", None), a_record("c", context_window=5), a_model("d", "4"),
        a_model("e", "3", kind="list"), a_model("f", "3", currency="EUR"),
    )  # fmt: skip
    assert plot.plotted == {1, 4}
    assert [spot.numbers for spot in plot.spots] == ["1", "4"]


def test_places_are_those_of_the_figures_on_straight_scales():
    plot = drawn(a_model("a", "1", 100_000), a_model("b", "2", 400_000))
    x, y = [float(spot.x) for spot in plot.spots], [float(spot.y) for spot in plot.spots]
    # Twice as dear is twice as far from the axis, four times the context four times as high.
    assert (x[1] - plot.left) / (x[0] - plot.left) == pytest.approx(2, abs=0.01)
    assert (plot.bottom - y[1]) / (plot.bottom - y[0]) == pytest.approx(4, abs=0.02)
    assert "logarithmic" not in plot.x_title + plot.y_title


def test_places_are_those_of_the_figures_on_logarithmic_scales():
    plot = drawn(a_model("a", "0.1", 8_000), a_model("b", "1", 80_000), a_model("c", "100", 800_000))
    x = [float(spot.x) for spot in plot.spots]
    assert (x[2] - x[0]) / (x[1] - x[0]) == pytest.approx(log10(1000) / log10(10), abs=0.01)
    y = [float(spot.y) for spot in plot.spots]
    assert y[0] - y[1] == pytest.approx(y[1] - y[2], abs=0.2)
    assert "logarithmic" in plot.x_title


def test_a_free_model_has_no_place_on_a_logarithmic_scale_and_is_not_put_at_its_end():
    plot = drawn(a_model("a", "0.1"), a_model("b", "100"), a_record("c", context_window=9, prices=[
        a_price(state="free", amount=None)]))  # fmt: skip
    assert plot.plotted == {1, 2}


def test_models_at_the_same_place_share_a_spot():
    plot = drawn(*(a_model(name, "3") for name in "abcd"), a_model("e", "4"))
    assert [spot.numbers for spot in plot.spots] == ["1\N{EN DASH}4", "5"]
    assert plot.spots[0].title == "a, b, c, d: $3.00 per 1M tokens, 200,000 tokens"


def test_one_model_alone_is_no_picture():
    assert picture(seen(a_model("a", "1"), a_record("b"))) is None
    assert picture(seen(a_record("a"), a_record("b"))) is None


def test_bars_are_as_long_as_their_amounts_and_what_is_unpriced_has_none():
    batch = {"service_tier": "batch"}
    lines = picture(seen(
        a_model("a", "1"), a_model("b", "4"), a_record("c"), a_model("d", "3", conditions=batch),
        a_record("e", prices=[a_price(state="on_request", amount=None)]),
        a_record("f", prices=[a_price(state="free", amount=None)]),
    )).lines  # fmt: skip
    assert [line.bars[0].width for line in lines] == ["25.00", "100.00", "", "", "", "0.00"]
    assert [line.bars[0].text for line in lines] == [
        "$1.00", "$4.00", "Not on record", "Priced otherwise", "On request", "Free"]  # fmt: skip


def test_media_prices_are_drawn_under_one_condition_that_the_most_models_share():
    def made(model_id, **by_seconds):
        prices = [a_price(meter="requests", amount=amount, conditions={"duration_seconds": int(key[1:])})
                  for key, amount in by_seconds.items()]  # fmt: skip
        return a_record(model_id, prices=prices)

    found = picture(seen(made("a", s5="1", s10="2"), made("b", s10="3"), made("c", s5="9", s10="4")))
    assert [line.bars[0].text for line in found.lines] == ["$2.00", "$3.00", "$4.00"]
    assert "10" in found.heads[0]
    assert found.scatter is None


@pytest.mark.parametrize(
    ("values", "labels"),
    [(["1", "5"], ["0", "1", "2", "3", "4", "5"]), (["0.1", "100"], ["0.1", "1", "10", "100"])],
)
def test_round_values_are_written_at_an_axis(values, labels):
    axis = scale([Decimal(value) for value in values], 0, 100)
    assert [Decimal(tick.label) for tick in axis.ticks(str)] == [Decimal(label) for label in labels]


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(20))
def test_no_number_covers_another_where_many_models_lie_near_each_other(seed):
    dice = Random(seed)
    windows = [128_000, 200_000, 256_000, 400_000, 1_000_000]
    boxes = labels(
        seen(*(a_model(f"m-{n}", f"{dice.uniform(1, 12):.2f}", dice.choice(windows)) for n in range(30)))
    )
    assert len(boxes) > 20
    assert covered(boxes) == []


@pytest.mark.parametrize(
    "path", ["/models/oriel", "/models/linden", "/compare/oriel-5.4-vs-oriel-5.5-vs-swirl-3.0"]
)
@pytest.mark.django_db
def test_a_page_draws_every_model_of_its_table_once_and_no_other(client, path):
    page = tree(client.get(path, {"at": "2026-11-23"}).content)
    section = page.one("section", id="charts")
    rows = section.one("table", class_="plot-table").rows()
    wanted = {row[0].text for row in rows if row[2].text.startswith("$") and row[-1].text != "Not stated"}
    figure = section.one("figure", class_="plot")
    said = ",".join(group.one("text").text for group in figure.all("g", class_="plot-spot"))
    numbers = set()
    for part in said.split(","):
        first, _, last = part.strip().partition("\N{EN DASH}")
        numbers |= {str(number) for number in range(int(first), int(last or first) + 1)}
    assert numbers == wanted
    assert len(figure.all("circle")) == len(figure.all("g", class_="plot-spot"))
    svg = figure.one("svg")
    assert svg.attributes["role"] == "img"
    assert all(group.first("title").text in svg.attributes["aria-label"] for group in figure.all("g"))
    assert [node for node in section.walk() if "style" in node.attributes] == []
