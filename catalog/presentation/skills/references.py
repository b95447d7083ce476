"""The files below `references/`."""

import json
from typing import Any

from catalog.presentation import model_json
from catalog.presentation.skills import tables
from catalog.presentation.skills.recipes import Recipe, written
from catalog.presentation.skills.skill import FOLDER, CatalogEdition, FamilyLine
from catalog.presentation.wording import markdown
from catalog.records.facts import Facts
from catalog.snippets.json_schema import parameter_schema

PRICES, MODELS, CALLS = f"{FOLDER}prices.json", f"{FOLDER}models.md", f"{FOLDER}calls.md"
# Where the site serves the same schema, behind the address of a model's page.
SCHEMA = "/schema.json"
# More are on the site: see _left_out.
MOST_MODELS = 200
MOST_CALLS = 80


def schemas(members: list[Facts], edition: CatalogEdition) -> dict[str, tuple[str, str]]:
    """Return model ID -> file name and JSON Schema."""
    files = {}
    for member in members:
        record = member.record
        body = parameter_schema(record, f"{edition.site.url}{record['path']}{SCHEMA}")
        if body is not None:
            files[record["model_id"]] = (tables.schema_file(member), _json(body))
    return files


def prices(line: FamilyLine, edition: CatalogEdition) -> str:
    """Return current and announced prices, as in the API."""
    body = {
        "notice": markdown.DATA,
        "revision": edition.revision,
        "since": edition.since,
        "items": [
            {
                "model_id": member.record["model_id"],
                "url": model_json.absolute(member.record["path"]),
                "prices": [model_json.price(row) for row in member.prices],
                "announced_prices": [model_json.price(row) for row in member.announced],
            }
            for member in line.members[:MOST_MODELS]
        ],
    }
    return _json(body)


def models(line: FamilyLine, edition: CatalogEdition) -> str:
    """Return what tells the models apart."""
    lines = [
        f"# Models of {markdown.text(line.name)}",
        "",
        f"{markdown.text(line.lead)} From {edition.said}. {markdown.DATA}",
        *tables.everything(line.members[:MOST_MODELS], edition.site.url),
        *_left_out(len(line.members) - MOST_MODELS, "models", line, edition),
    ]
    return "\n".join(lines) + "\n"


def calls(line: FamilyLine, recipes: list[Recipe], edition: CatalogEdition) -> str:
    """Return all calls with code."""
    site = edition.site.calls
    lines = [f"# Calls of {markdown.text(line.name)}", "", f"From {edition.said}.", ""]
    lines += [f"{written(recipe, site, '##')}\n" for recipe in recipes[:MOST_CALLS]]
    lines += _left_out(len(recipes) - MOST_CALLS, "calls", line, edition)
    return "\n".join(lines).rstrip("\n") + "\n"


def _left_out(number: int, noun: str, line: FamilyLine, edition: CatalogEdition) -> list[str]:
    if number <= 0:
        return []
    address = markdown.address(f"/models/{line.slug}", edition.site.url)
    return ["", f"{number} more {noun} are at <{address}.md>."]


def _json(body: Any) -> str:
    return json.dumps(body, ensure_ascii=False, indent=1)
