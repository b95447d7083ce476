"""What a plan lists of prices whose unit is unusual or whose conditions no model is known to look at."""

import pytest

from catalog.exchange import importing, load
from catalog.exchange.importing import ImportScope
from catalog.exchange.plan import plan
from catalog.models import Parameter, Price, Variant
from catalog_files import SMALL, write
from other_catalogs import AT
from rows import a_variant

pytestmark = pytest.mark.django_db

PRICE = SMALL[SMALL.index("[[family.model.price]]") : SMALL.index('[[family.model]]\nmodel_id = "beacon-1"')]


def priced(*conditions: str, **swapped: str) -> str:
    """The small catalog with prices under conditions."""
    rows = [PRICE.replace("per =", f"conditions = {{ {held} }}\nper =") for held in conditions]
    text = SMALL.replace(PRICE, "".join(rows))
    for before, after in swapped.items():
        text = text.replace(before, after)
    return text


def warned(tmp_path, text: str) -> list[str]:
    found = plan(load.catalog_file.read([write(tmp_path, text)]))
    return [f"{line.subject}: {line.said} [{line.place}]" for line in found.warnings]


def test_parameters_are_read_from_the_file_itself(tmp_path):
    assert warned(tmp_path, priced("max_tokens = 5")) == []


def test_a_slip_is_listed_with_what_was_meant_and_is_not_refused(tmp_path):
    text = priced('service_teir = "batch"')
    (said,) = warned(tmp_path, text)
    assert "nor a parameter of the model. Did you mean service_tier? [example-labs.toml:" in said
    load.load_files([write(tmp_path, text)])
    assert Price.objects.get(variant__model_id="beacon-2").conditions == {"service_teir": "batch"}


def test_several_prices_of_one_kind_are_one_line_that_counts_them(tmp_path):
    (said,) = warned(tmp_path, priced(*(f"colour = {number}" for number in range(4))))
    assert "Can a request meet it? And 3 more of its prices." in said


def test_parameters_on_record_count_where_the_file_states_none(tmp_path):
    load.load_files([write(tmp_path)])
    text = priced("colour = 1", max_tokens="other")
    start = text.index("parameter = [")
    silent = text[:start] + text[text.index("]", start) + 1 :]
    assert "neither built in nor a parameter" in warned(tmp_path, silent)[0]
    variant = Variant.objects.get(model_id="beacon-2")
    Parameter.objects.create(variant=variant, action="message", name="colour")
    assert warned(tmp_path, silent) == []


def test_another_catalogs_price_is_held_against_the_parameters_on_record():
    content = (
        b'{"m": {"litellm_provider": "lab", "mode": "video_generation", "output_cost_per_second_720p": 1}}'
    )
    asked = ImportScope("litellm", "models", "lab")

    def said() -> list[str]:
        return [line.said for line in importing.prepare(asked, content, "lab.json", AT).warnings]

    assert "no parameter of the model is known" in said()[0]
    variant = a_variant("m")
    Parameter.objects.create(variant=variant, action="draw", name="size")
    assert "neither built in nor a parameter of the model" in said()[0]
    Parameter.objects.create(variant=variant, action="draw", name="output_resolution")
    assert said() == []


def test_a_plan_that_warns_of_something_else_is_shown_again():
    content = (
        b'{"m": {"litellm_provider": "lab", "mode": "video_generation", "output_cost_per_second_720p": 1}}'
    )
    asked = ImportScope("litellm", "models", "lab")
    variant = a_variant("m")
    shown = importing.digest(importing.prepare(asked, content, "lab.json", AT))
    Parameter.objects.create(variant=variant, action="draw", name="output_resolution")
    assert importing.digest(importing.prepare(asked, content, "lab.json", AT)) != shown
