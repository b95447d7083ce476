"""Names that clients are generated from stay as their golden file has them: operations, schemas, properties.

`UPDATE_GOLDEN=1` writes the file anew, to be read first: a name that goes away breaks somebody's client.
"""

import json
import os
from pathlib import Path

from django.test import Client

GOLDEN = Path(__file__).parents[1] / "golden" / "openapi.json"
HOW = (
    "Names in /api/v1/openapi.json are not those of tests/golden/openapi.json. If that is meant: "
    "UPDATE_GOLDEN=1 python -m pytest -n0 tests/api/test_names.py"
)


def names(document):
    """The names in a document: of operations and their parameters, of schemas and their properties."""
    operations = {
        f"{method.upper()} {path}": {
            "id": operation["operationId"],
            "parameters": sorted(f"{row['in']} {row['name']}" for row in operation.get("parameters", [])),
        }
        for path, methods in document["paths"].items()
        for method, operation in methods.items()
    }
    schemas = {
        name: sorted(schema.get("properties", {}))
        for name, schema in document["components"]["schemas"].items()
    }
    return {"operations": operations, "schemas": schemas}


def test_operations_schemas_and_properties_have_the_names_of_the_golden_file(db):
    found = names(Client().get("/api/v1/openapi.json").json())
    if os.environ.get("UPDATE_GOLDEN"):
        GOLDEN.write_text(json.dumps(found, indent=2, sort_keys=True) + "\n")
    assert found == json.loads(GOLDEN.read_text()), HOW


def test_a_name_that_changes_is_found(db):
    document = Client().get("/api/v1/openapi.json").json()
    golden = json.loads(GOLDEN.read_text())
    document["components"]["schemas"]["Price"]["properties"]["sum"] = {}
    assert names(document) != golden
    del document["components"]["schemas"]["Price"]["properties"]["sum"]
    document["paths"]["/api/v1/models"]["get"]["operationId"] = "models"
    assert names(document) != golden
