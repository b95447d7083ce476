"""Statements about a model's end come in with files, govern its dates, and go out again."""

from datetime import date

import pytest

from catalog.exchange import catalog_file
from catalog.exchange.load import apply
from catalog.exchange.plan import plan
from catalog.models import ChangeEvent, Variant

pytestmark = pytest.mark.django_db

FILE = """
[provider]
slug = "labs"
name = "Labs"

[[family]]
slug = "beacon"
name = "Beacon"

[[family.model]]
model_id = "beacon-1"
lifecycle = "active"
retires_on = 2027-06-01

[[family.model.end_of_life]]
platform = "vendor"
lifecycle = "deprecated"
retires_on = 2026-12-31
firmness = "committed"
replacements = ["beacon-9", "beacon-2"]
source = "https://labs.example/retirements"
source_label = "Labs: retirements"
read_on = "2026-09 or later"
trust = "vendor"

[[family.model.end_of_life]]
platform = "other: Cloudy"
retires_on = 2026-08-01
firmness = "committed"
source_label = "Cloudy: changelog"
trust = "aggregator"

[[family.model]]
model_id = "beacon-2"
lifecycle = "active"
"""


def load(text):
    load_plan = plan(catalog_file_of(text))
    apply(load_plan, reason="a test")
    return load_plan


def catalog_file_of(text):
    return catalog_file.parse(text.encode(), "labs.toml")


def test_the_vendors_statement_decides_over_the_files_own_dates():
    load(FILE)
    model = Variant.objects.get(model_id="beacon-1")
    assert (model.lifecycle, model.retires_on) == ("deprecated", date(2026, 12, 31))
    assert model.replacement.model_id == "beacon-2", "the first that the catalog has"
    assert [row["platform"] for row in model.end_of_life] == ["vendor", "other: Cloudy"]


def test_a_replacement_of_an_added_model_is_no_change_of_it():
    load(FILE)
    (event,) = ChangeEvent.objects.filter(variant__model_id="beacon-1")
    assert event.summary == "beacon-1 added"


def test_the_second_load_has_nothing_to_do():
    load(FILE)
    assert plan(catalog_file_of(FILE)).is_empty


def test_a_file_of_an_older_release_takes_no_statement_away():
    load(FILE)
    older = FILE.partition("[[family.model.end_of_life]]")[0]
    load(older)
    model = Variant.objects.get(model_id="beacon-1")
    assert model.retires_on == date(2026, 12, 31)
    assert len(model.end_of_life) == 2


def test_an_unknown_platform_is_refused_with_its_place():
    with pytest.raises(catalog_file.CatalogFileError, match=r"labs\.toml:16.*unknown platform 'aws'"):
        catalog_file_of(FILE.replace('platform = "vendor"', 'platform = "aws"'))


def test_a_day_says_how_firm_it_is():
    reason = r"labs\.toml:15.*'retires_on' needs 'firmness': use one of committed, earliest, observed"
    with pytest.raises(catalog_file.CatalogFileError, match=reason):
        catalog_file_of(FILE.replace('firmness = "committed"\n', "", 1))


def test_a_day_of_a_platform_that_does_not_govern_is_no_day_of_the_model():
    cloudy = FILE.replace("retires_on = 2026-12-31\n", "").replace('lifecycle = "deprecated"\n', "")
    older = cloudy.partition("[[family.model.end_of_life]]")[0].replace("2027-06-01", "2026-08-01")
    load(older)
    assert Variant.objects.get(model_id="beacon-1").retires_on == date(2026, 8, 1)
    load(cloudy.replace("retires_on = 2027-06-01\n", ""))
    assert Variant.objects.get(model_id="beacon-1").retires_on is None
    load(cloudy)
    assert Variant.objects.get(model_id="beacon-1").retires_on == date(2027, 6, 1), "the file's own"
    load(cloudy.replace("retires_on = 2027-06-01", "retires_on = 2026-08-01"))
    assert Variant.objects.get(model_id="beacon-1").retires_on is None
