"""Loads catalogs into the scratch copy that runs this, asks addresses and tools, and prints all as JSON."""

import json
import os
import sys
from io import StringIO
from pathlib import Path

import django


def probe(file: Path, other: Path, addresses: list[str]) -> dict:
    from django.core.management import call_command
    from django.test import Client

    from catalog.exchange.load import load_files

    call_command("migrate", verbosity=0)
    load_files([file])
    imported = StringIO()
    call_command("import_catalog", str(other), "--from", "names", stdout=imported)
    call_command("makemigrations", "--check", "--dry-run", stdout=sys.stderr)
    client, found = Client(), {}
    for address in addresses:
        answer = client.get(address)
        found[address] = [answer.status_code, answer.getvalue().decode()]
    return {"answers": found, "imported": imported.getvalue(), **_tools()}


def _tools() -> dict:
    from mcp_server import arguments, tools

    asked = arguments.SearchModels(commercial_use=["true"])
    snippet = tools.get_snippet(arguments.GetSnippet(model="beacon-1", language="lua"))
    return {
        "schema": arguments.SearchModels.model_json_schema()["properties"],
        "found": [row["model_id"] for row in tools.search_models(asked)["items"]],
        "languages": arguments.GetSnippet.model_json_schema()["properties"]["language"]["enum"],
        "snippet": snippet["code"],
    }


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=True)
    own, other, *addresses = sys.argv[1:]
    sys.stdout.write(json.dumps(probe(Path(own), Path(other), addresses), default=str) + "\n")
