"""Factors in a catalog file make prices when it is loaded, and are written back as factors."""

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.dump import dump
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.load import load_files
from catalog.exchange.plan import plan
from catalog.exchange.write_toml import render
from catalog.models import Price
from catalog_files import write

pytestmark = pytest.mark.django_db
FACTORS = """price_factors = [
  { kind = "list", condition = "service_tier", value = "batch", factor = "0.5", meters = ["input_tokens"] },
]
"""
MODEL = f"""
[provider]
slug = "hummer"
name = "Hummer"

[[family]]
slug = "tune"
name = "Tune"

[[family.model]]
model_id = "tune-1"
modality = "text"
{FACTORS}
"""
PRICE = """
[[family.model.price]]
kind = "list"
meter = "input_tokens"
amount = "3"
effective_from = 2026-01-01T00:00:00Z
"""
STATED = f'{PRICE.replace("3", "1", 1)}conditions = {{ service_tier = "batch" }}\n'


def amounts():
    return {
        row.conditions_key: f"{row.amount.normalize():f}"
        for row in Price.objects.filter(variant__model_id="tune-1", effective_until=None)
    }


def test_a_file_is_loaded_with_its_products_and_written_without(tmp_path):
    load_files([write(tmp_path, MODEL + PRICE)])
    assert amounts() == {"{}": "3", '{"service_tier":"batch"}': "1.5"}
    text = render(dump())["hummer"]
    assert 'factor = "0.5"' in text
    assert text.count("[[family.model.price]]") == 1
    assert load_files([write(tmp_path, text)]).revision is None


def test_a_new_base_brings_its_products(tmp_path):
    load_files([write(tmp_path, MODEL + PRICE)])
    later = PRICE.replace('"3"', '"4"').replace("2026-01", "2026-02")
    load_files([write(tmp_path, MODEL + PRICE + later)])
    assert amounts() == {"{}": "4", '{"service_tier":"batch"}': "2"}


def test_a_stated_price_is_never_overridden(tmp_path):
    load_files([write(tmp_path, MODEL + PRICE + STATED)])
    assert amounts() == {"{}": "3", '{"service_tier":"batch"}': "1"}
    # Nor one that is on record, where the file no longer states it.
    assert load_files([write(tmp_path, MODEL + PRICE)]).revision is None


RISEN = PRICE.replace('"3"', '"4"').replace("2026-01", "2027-01")
ENDING = f"{STATED}effective_until = 2027-01-01T00:00:00Z\n"


@pytest.mark.parametrize("before", ["", MODEL + PRICE + STATED, MODEL.replace(FACTORS, "") + PRICE + STATED])
def test_a_stated_price_that_ends_is_followed_by_a_product(tmp_path, before):
    if before:
        load_files([write(tmp_path, before)])
    load_files([write(tmp_path, MODEL + PRICE + RISEN + ENDING)])
    batch = Price.objects.filter(variant__model_id="tune-1", conditions_key='{"service_tier":"batch"}')
    first, then = batch.order_by("effective_from")
    assert (first.amount, first.effective_until) == (1, then.effective_from)
    assert (then.amount, then.effective_from.isoformat()) == (2, "2027-01-01T00:00:00+00:00")
    assert load_files([write(tmp_path, MODEL + PRICE + RISEN + ENDING)]).revision is None
    written = render(dump())["hummer"]
    assert written.count("[[family.model.price]]") == 3
    assert load_files([write(tmp_path, written)]).revision is None


NO_FACTORS = MODEL.replace(FACTORS, "price_factors = []\n")


@pytest.mark.parametrize("is_stated", [False, True])
def test_what_a_dropped_factor_made_ends_unless_the_file_states_it(tmp_path, is_stated):
    load_files([write(tmp_path, MODEL + PRICE)])
    stated = STATED.replace('"1"', '"1.5"') if is_stated else ""
    load_files([write(tmp_path, NO_FACTORS + PRICE + stated)])
    batch = Price.objects.get(variant__model_id="tune-1", conditions_key='{"service_tier":"batch"}')
    assert (batch.effective_until is None) is is_stated
    written = render(dump())["hummer"]
    assert written.count("[[family.model.price]]") == 2
    assert written.count("effective_until") == (not is_stated)
    assert load_files([write(tmp_path, written)]).revision is None


def test_a_plan_leaves_the_rows_on_record_as_they_are(tmp_path):
    load_files([write(tmp_path, NO_FACTORS + PRICE + STATED)])
    planned = plan(catalog_file.read([write(tmp_path, NO_FACTORS + PRICE + ENDING)]))
    ((row, until),) = planned.ended
    assert (row.effective_until, until.year) == (None, 2027)
    rows = planned.on_record.variants["tune-1"].prices.all()
    assert {row.effective_until for row in rows} == {None}


def test_a_product_that_is_not_exact_is_refused_at_its_price():
    text = MODEL + PRICE.replace('"3"', '"0.000000003"')
    with pytest.raises(CatalogFileError, match="a factor makes no exact price"):
        catalog_file.parse(text.encode(), "tune.toml")


def test_a_factor_is_a_number_above_zero():
    with pytest.raises(CatalogFileError, match="0 is no factor"):
        catalog_file.parse((MODEL + PRICE).replace('"0.5"', '"0"').encode(), "tune.toml")
