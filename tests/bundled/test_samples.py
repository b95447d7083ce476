"""Every model of the bundled catalog is called as its record says."""

from catalog.snippets import describe, validate_request
from snippet_records import bundled_records


def test_every_request_fits_its_model() -> None:
    found = {
        f"{record['model_id']} {request.protocol} {request.action}": validate_request(record, request)
        for record in bundled_records()
        for request in describe(record)
    }
    assert {name: problems for name, problems in found.items() if problems} == {}


def test_every_action_with_recorded_parameters_has_a_snippet() -> None:
    for record in bundled_records():
        described = {request.action for request in describe(record)}
        offered = {
            endpoint["action"]
            for endpoint in record["endpoints"]
            if endpoint["method"] == "POST" and endpoint["action"] in record["parameters"]
        }
        assert offered <= described, record["model_id"]
