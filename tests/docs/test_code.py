"""Every block of code in the documentation is what it says it is, and asks only for what models take."""

import json
import re
import subprocess
import tomllib
from dataclasses import replace
from urllib.parse import urlsplit

import pytest
from django.conf import settings

import docs_source
import needs
from catalog.exchange import catalog_file
from catalog.search import lookup
from catalog.snippets import describe, validate_request
from docs.markup import LABELS

PROVIDER = '[provider]\nslug = "example-labs"\nname = "Example Labs"\n\n'
BODY = re.compile(r"--data-raw '(.*?)'", re.DOTALL)
ADDRESS = re.compile(r"https?://[^\s\"'`\\<>),]+")


def named(found):
    return pytest.mark.parametrize("code", found, ids=str)


def test_blocks_are_of_the_languages_that_are_coloured_and_checked():
    found = {code.language for code in docs_source.codes()}
    assert found <= {*LABELS, "text"}
    assert {"bash", "javascript", "json", "python", "toml"} <= found


def test_no_block_is_without_a_language():
    for slug, text in docs_source.pages().items():
        fences = re.findall(r"^```.*$", text, re.MULTILINE)
        assert all(fence != "```" for fence in fences[::2]), slug


@named(docs_source.codes("json"))
def test_json_is_json(code):
    json.loads(code.text)


@named(docs_source.codes("toml"))
def test_toml_is_a_catalog_file(code):
    """A block without a provider shows a part: it is read below a provider's table."""
    text = code.text if "provider" in tomllib.loads(code.text) else PROVIDER + code.text
    document = catalog_file.parse(text.encode(), "example.toml")
    assert document.models


@named(docs_source.codes("python"))
def test_python_compiles(code):
    compile(code.text, str(code), "exec")


@pytest.mark.programs
@named(docs_source.codes("javascript"))
def test_javascript_is_a_module_that_node_reads(code, tmp_path):
    path = tmp_path / "block.mjs"
    path.write_text(code.text)
    node = needs.program("node", "nodejs")
    result = subprocess.run([node, "--check", str(path)], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.programs
@named(docs_source.codes("bash"))
def test_bash_reads_the_shell_code(code):
    result = subprocess.run(["bash", "-n"], check=False, input=code.text, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")


@named([code for code in docs_source.codes("bash") if BODY.search(code.text)])
@pytest.mark.django_db
def test_the_body_of_a_curl_command_is_one_that_its_model_takes(code):
    address = next(found for found in ADDRESS.findall(code.text) if found.startswith(settings.API_BASE_URL))
    path = urlsplit(address).path
    for text in BODY.findall(code.text):
        body = json.loads(text)
        name = body.get("model") or re.search(r"/models/([^:]+):", path)[1]
        record = lookup.by_model_id(name)
        assert record is not None, f"{code} asks for {name}"
        assert record["stated_lifecycle"] != "retired"
        made = [request for request in describe(record) if request.path == path]
        assert made, f"{code} calls {path}, which {name} has not"
        if body.pop("stream", False):
            assert "streaming" in record["capabilities"]
        assert validate_request(record, replace(made[0], body=body)) == []


@pytest.mark.django_db
def test_the_catalogs_own_addresses_in_samples_are_answered(client):
    asked = {
        found.rstrip("/")
        for code in docs_source.codes()
        if code.language in {"bash", "python"}
        for found in ADDRESS.findall(code.text)
        if found.startswith(f"{settings.SITE_URL}/")
    }
    assert len(asked) > 8
    for address in sorted(asked):
        parts = urlsplit(address)
        if "{" in parts.path or "$" in parts.path or parts.path == "/mcp":  # which takes no GET
            continue
        response = client.get(f"{parts.path}?{parts.query}")
        refused = parts.query == "limit=0"
        assert response.status_code == (422 if refused else 200), address
        is_json = "json" in response["Content-Type"]
        assert refused or parts.path.endswith("/status") or not is_json or response.json(), address


@pytest.mark.django_db
def test_filters_in_samples_find_something(client):
    for code in docs_source.codes():
        for found in ADDRESS.findall(code.text):
            parts = urlsplit(found)
            if parts.path == "/api/v1/models" and parts.query and parts.query != "limit=0":
                assert client.get(f"{parts.path}?{parts.query}").json()["count"], found
