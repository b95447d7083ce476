"""Loads a catalog file into the scratch copy that runs this, and prints what shows its fields, as JSON."""

import json
import sys
from pathlib import Path

import django


def probe(file: Path) -> dict:
    """Load a file, and ask everything that shows a model of it."""
    from django.contrib.auth.models import User
    from django.core.management import call_command
    from django.test import Client

    from catalog.exchange.load import load_files
    from catalog.models import Document, Variant

    call_command("migrate", verbosity=0)
    load_files([file])
    folder = file.parent / "export"
    call_command("export_catalog", str(folder), verbosity=0, stdout=sys.stderr)
    (exported,) = folder.glob("*.toml")
    client, model = Client(), Variant.objects.get(model_id="beacon-1")
    client.force_login(User.objects.create_superuser("ada", password="correct horse"))

    def text(path: str, **query: str) -> str:
        answer = client.get(path, query)
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        assert answer.status_code == 200, (path, answer.status_code, body[:500])
        return body.decode()

    return {
        "record": json.loads(Document.objects.get(variant=model).body),
        "api": json.loads(text("/api/v1/models/beacon-1")),
        "openapi": json.loads(text("/api/v1/openapi.json"))["components"]["schemas"],
        **_agents(),
        "export": exported.read_text(),
        "again": load_files([exported]).revision,
        "page": text(model.path),
        "markdown": text(f"{model.path}.md"),
        "other_page": text(Variant.objects.get(model_id="beacon-image").path),
        "compare": json.loads(text("/api/v1/compare", models="beacon-1,beacon-2"))["rows"],
        "csv": text("/api/v1/exports/csv"),
        "lines": json.loads(text("/api/v1/exports/jsonl").splitlines()[0]),
        "admin": text(f"/admin/catalog/variant/{model.pk}/change/"),
        "docs": text("/docs/catalog-files.md"),
        "refused": _refused(client, model.pk),
    }


def _agents() -> dict:
    from mcp_server import arguments, shapes, tools

    answer = tools.get_model(arguments.GetModel(model="beacon-1"))
    shapes.ModelShape.model_validate(answer)
    return {"mcp": answer, "mcp_schema": shapes.ModelShape.model_json_schema()}


def _refused(client, pk: int) -> str:
    """What the admin says of a link without its address."""
    import forms

    address = f"/admin/catalog/variant/{pk}/change/"
    sent = forms.filled(client.get(address))
    if "papers" not in sent:
        return ""
    return forms.errors(client.post(address, {**sent, "papers": '[{"kind": "paper"}]'}))


if __name__ == "__main__":
    import os

    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    django.setup()
    from django.test.utils import setup_test_environment

    setup_test_environment(debug=True)
    sys.stdout.write(json.dumps(probe(Path(sys.argv[1])), default=str) + "\n")
