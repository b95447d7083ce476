"""The server card, by the schema of SEP-2127 as it is written down here, and what /mcp is set up with."""

import json
import shlex
import tomllib

import jsonschema
import pytest
from django.conf import settings
from django.test import RequestFactory
from mcp_types.version import KNOWN_PROTOCOL_VERSIONS

import docs_source
from mcp_server import views
from mcp_server.card import LONGEST_DESCRIPTION, PROTOCOLS, SCHEMA, VERSION, card
from mcp_server.registry import TOOLS

SHAPE = {
    "type": "object",
    "required": ["$schema", "name", "version", "description"],
    "properties": {
        "$schema": {"const": SCHEMA},
        "name": {
            "type": "string",
            "pattern": r"^[a-zA-Z0-9.-]+/[a-zA-Z0-9._-]+$",
            "minLength": 3,
            "maxLength": 200,
        },
        "version": {"type": "string"},
        "description": {"type": "string", "minLength": 1, "maxLength": LONGEST_DESCRIPTION},
        "title": {"type": "string"},
        "websiteUrl": {"type": "string", "format": "uri"},
        "remotes": {
            "type": "array",
            "items": {
                "type": "object",
                "required": ["type", "url"],
                "properties": {
                    "type": {"const": "streamable-http"},
                    "url": {"type": "string", "format": "uri"},
                    "supportedProtocolVersions": {"type": "array", "items": {"type": "string"}},
                },
                "additionalProperties": False,
            },
        },
    },
    "additionalProperties": False,
}


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://models.example.com", "com.example.models/model-catalog"),
        ("http://127.0.0.1:8000", "127.0.0.1/model-catalog"),
        ("http://[::1]:8000", "localhost/model-catalog"),
        ("http://localhost", "localhost/model-catalog"),
    ],
)
def test_a_card_holds_what_the_schema_wants(settings, url, name):
    settings.SITE_URL = url
    found = card()
    jsonschema.validate(found, SHAPE)
    assert (found["name"], found["remotes"][0]["url"]) == (name, f"{url}/mcp")


def test_its_version_is_the_projects_and_its_protocols_are_the_sdks():
    project = tomllib.loads((settings.REPOSITORY / "pyproject.toml").read_text())["project"]
    assert project["version"] == VERSION
    assert set(PROTOCOLS) <= set(KNOWN_PROTOCOL_VERSIONS)
    assert KNOWN_PROTOCOL_VERSIONS[-1] in PROTOCOLS


def test_any_site_may_read_the_card(client):
    response = client.get("/mcp/server-card")
    assert response["Content-Type"] == "application/mcp-server-card+json"
    assert response["Access-Control-Allow-Origin"] == "*"
    assert response["Access-Control-Expose-Headers"] == "ETag"
    assert response["Cache-Control"] == "public, max-age=3600"
    again = client.get("/mcp/server-card", headers={"If-None-Match": response["ETag"]})
    assert again.status_code == 304
    refused = client.post("/mcp/server-card")
    assert (refused.status_code, refused["Allow"]) == (405, "GET, HEAD")


def test_too_many_calls_at_once_are_told_to_come_again(monkeypatch):
    for _ in range(views.AT_ONCE):
        assert views._places.acquire(blocking=False)
    try:
        request = RequestFactory().post("/mcp", b"{}", content_type="application/json")
        response = views.tools(request)
        assert (response.status_code, response["Retry-After"]) == (503, "1")
    finally:
        for _ in range(views.AT_ONCE):
            views._places.release()


def test_the_set_up_that_the_docs_give_names_this_address_in_each_clients_form():
    rows = {row[0]: docs_source.words(row[1])[0] for row in docs_source.table("mcp", "Connect an agent")}
    url = f"{settings.SITE_URL}/mcp"
    assert rows["Claude Code"] == f"claude mcp add --transport http catalog {url}"
    assert rows["Codex"] == f"codex mcp add catalog --url {url}"
    assert json.loads(rows["Cursor"]) == {"mcpServers": {"catalog": {"url": url}}}
    program, option, given = shlex.split(rows["VS Code"])
    assert (program, option) == ("code", "--add-mcp")
    assert json.loads(given) == {"name": "catalog", "type": "http", "url": url}
    assert json.loads(rows["VS Code, one project"]) == {"servers": {"catalog": {"type": "http", "url": url}}}


def test_the_docs_name_every_tool():
    rows = {docs_source.words(row[0])[0] for row in docs_source.table("mcp", "Tools")}
    assert rows == set(TOOLS)
