"""Every model of the bundled catalog is called as its record says."""

from catalog.snippets import describe
from snippet_records import bundled_records, misfits_of, without_sample


def test_every_request_fits_its_model() -> None:
    assert misfits_of(bundled_records()) == {}


def test_every_action_with_recorded_parameters_has_a_snippet() -> None:
    assert without_sample(bundled_records()) == set()


def test_only_models_that_nothing_simple_reaches_have_no_snippet() -> None:
    for record in bundled_records():
        protocols = {entry["protocol"] for entry in record["endpoints"]}
        assert describe(record) or protocols <= {"realtime"}, record["model_id"]
