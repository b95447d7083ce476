"""Which names of conditions are known, and which known name a slip is taken for."""

import pytest

import docs_source
from catalog.pricing.conditions import KINDS, is_known, near
from catalog.pricing.conditions.names import BUILT_IN

PARAMETERS = {"model", "speed", "duration_seconds", "last_frame_image_url", "output_resolution"}


@pytest.mark.parametrize("name", [*KINDS, "input_mode", "pricing_input_mode", *sorted(PARAMETERS)])
def test_built_in_names_and_parameters_are_known(name):
    assert is_known(name, PARAMETERS)
    assert is_known(name) is (name not in PARAMETERS)
    assert near(name, PARAMETERS) == name


@pytest.mark.parametrize(
    ("slip", "meant"),
    [
        ("service_teir", "service_tier"),
        ("servce_tier", "service_tier"),
        ("serviceTier", "service_tier"),
        ("service-tier", "service_tier"),
        ("Region", "region"),
        ("weekday", "weekdays"),
        ("utc_windows", "utc_window"),
        ("prompt_token_over", "prompt_tokens_over"),
        ("duration_second", "duration_seconds"),
        ("outptu_resolution", "output_resolution"),
    ],
)
def test_a_slip_is_taken_for_the_name_that_was_meant(slip, meant):
    assert not is_known(slip, PARAMETERS)
    assert near(slip, PARAMETERS) == meant


@pytest.mark.parametrize(
    "name",
    ["mode", "seed", "quality", "resolution", "input_resolution", "first_frame_image_url", "search_type"],
)
def test_another_word_is_taken_for_none(name):
    assert near(name, PARAMETERS) == ""


def test_every_built_in_name_is_explained():
    page = docs_source.pages()["billing"]
    assert [name for name in BUILT_IN if f"`{name}`" not in page] == []
