"""Programs find what the site offers at the addresses where they look, and nothing that it does not."""

import re
from datetime import UTC, datetime, timedelta
from urllib.parse import urlsplit

import pytest
from jsonschema import Draft202012Validator

from config.well_known import OFFERS

# The types that a reader of the manifest knows (ARD 0.9); another is a warning.
TYPES = {
    *(
        f"application/{name}+json"
        for name in ("ai-catalog", "agent-card", "a2a-agent-card", "mcp-server-card")
    ),
    *("application/agent-skills+zip", "application/agent-skills+gzip"),
    *("application/ai-registry", "application/ai-registry+json"),
    'text/markdown; profile="urn:air:agent-skills"',
}
URN = re.compile(r"urn:air:[a-zA-Z0-9.-]+(:[a-zA-Z0-9._-]+)+")
LINK = re.compile(r'<([^>]+)>; rel="([^"]+)"(?:; type="([^"]+)")?')
# RFC 9264, 4.2: a set of links as JSON.
LINKSET = {
    "type": "object",
    "required": ["linkset"],
    "properties": {
        "linkset": {
            "type": "array",
            "items": {
                "type": "object",
                "properties": {"anchor": {"type": "string"}},
                "additionalProperties": {
                    "type": "array",
                    "items": {
                        "type": "object",
                        "required": ["href"],
                        "properties": {"href": {"type": "string"}, "type": {"type": "string"}},
                    },
                },
            },
        }
    },
}


@pytest.fixture
def public(settings):
    settings.SITE_URL = "https://models.example.com"
    settings.ALLOWED_HOSTS = ["models.example.com", "testserver"]


def path_of(url):
    parts = urlsplit(url)
    assert f"{parts.scheme}://{parts.netloc}" == "https://models.example.com"
    return parts.path


def media_type(answer):
    return answer["Content-Type"].partition(";")[0]


@pytest.mark.parametrize("name", ["ard.json", "ai-catalog.json"])
@pytest.mark.django_db
def test_the_manifest_lists_what_there_is_in_the_form_that_clients_ask_for(client, public, name):
    answer = client.get(f"/.well-known/{name}")
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    body = answer.json()
    assert set(body) == {"specVersion", "host", "entries"}
    assert body["specVersion"] == "1.0"
    assert len(body["entries"]) == len(OFFERS) > 0
    for entry in body["entries"]:
        assert URN.fullmatch(entry["identifier"])
        assert entry["identifier"].startswith("urn:air:models.example.com:")
        assert set(entry) == {
            "identifier",
            "displayName",
            "description",
            "type",
            "url",
            "representativeQueries",
        }
        assert entry["type"] in TYPES
        assert 2 <= len(entry["representativeQueries"]) <= 5
        assert client.get(path_of(entry["url"])).status_code == 200
    assert client.get(path_of(body["host"]["documentationUrl"])).status_code == 200
    assert answer.content == client.get("/.well-known/ard.json").content


def test_the_urn_of_an_address_without_a_name_is_one_all_the_same(client, settings):
    settings.SITE_URL = "http://[::1]:8000"
    for entry in client.get("/.well-known/ard.json").json()["entries"]:
        assert URN.fullmatch(entry["identifier"])


@pytest.mark.django_db
def test_the_list_of_apis_is_a_linkset_whose_addresses_answer_as_they_say(client, public):
    answer = client.get("/.well-known/api-catalog")
    assert answer["Content-Type"] == (
        'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
    )
    body = answer.json()
    Draft202012Validator(LINKSET).validate(body)
    own, api = body["linkset"]
    assert [item["href"] for item in own["item"]] == [api["anchor"]]
    for relation in ("service-desc", "service-doc", "status"):
        (link,) = api[relation]
        found = client.get(path_of(link["href"]))
        assert (found.status_code, media_type(found)) == (200, link["type"])
    head = client.head("/.well-known/api-catalog")
    assert LINK.findall(head["Link"])[0][:2] == (own["anchor"], "api-catalog")


@pytest.mark.django_db
def test_the_first_page_links_to_what_programs_look_for(client, public):
    links = LINK.findall(client.get("/", headers={"host": "models.example.com"}, secure=True)["Link"])
    for relation in ("api-catalog", "service-desc", "service-doc", "ard"):
        ((address, _, kind),) = [link for link in links if link[1] == relation]
        found = client.get(path_of(address))
        assert (found.status_code, media_type(found)) == (200, kind)
    assert ("https://models.example.com/changes.atom", "alternate", "application/atom+xml") in links


@pytest.mark.django_db
def test_the_description_of_the_api_stands_at_the_root_too(client):
    root = client.get("/openapi.json")
    assert root.content == client.get("/api/v1/openapi.json").content
    assert root["Access-Control-Allow-Origin"] == "*"
    assert client.head("/openapi.json").status_code == 200


@pytest.mark.django_db
def test_without_a_contact_there_is_no_security_file(client, settings):
    settings.SUPPORT_EMAIL = settings.SUPPORT_URL = ""
    assert client.get("/.well-known/security.txt").status_code == 404
    # The RFC asks for https.
    settings.SUPPORT_URL = "http://example.com/help"
    assert client.get("/.well-known/security.txt").status_code == 404


def test_the_security_file_names_the_contacts_and_a_day_ahead_on_which_it_expires(client, public, settings):
    settings.SUPPORT_EMAIL, settings.SUPPORT_URL = "help@example.com", "https://example.com/help"
    settings.IS_HTTPS = True
    answer = client.get("/.well-known/security.txt")
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    fields = [line.split(": ", 1) for line in answer.content.decode().splitlines()]
    said = dict(fields)
    assert [value for name, value in fields if name == "Contact"] == [
        "mailto:help@example.com",
        "https://example.com/help",
    ]
    assert [name for name, _ in fields].count("Expires") == 1
    ahead = datetime.fromisoformat(said["Expires"]) - datetime.now(UTC)
    assert timedelta(days=30) < ahead < timedelta(days=365)
    assert said["Canonical"] == "https://models.example.com/.well-known/security.txt"


@pytest.mark.parametrize("path", ["/.well-known/ard.json", "/.well-known/api-catalog"])
def test_these_files_are_kept_and_asked_for_again(client, path):
    first = client.get(path)
    assert first["Cache-Control"] == "public, max-age=3600"
    assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304


@pytest.mark.django_db
def test_without_tools_the_manifest_names_none_and_stays_in_its_form(client, public, settings):
    settings.MCP = False
    body = client.get("/.well-known/ard.json").json()
    assert set(body) == {"specVersion", "host", "entries"}
    assert not any("mcp" in entry["type"] for entry in body["entries"])
    assert len(body["entries"]) == sum(offer.kind != "mcp" for offer in OFFERS)


@pytest.mark.slow
@pytest.mark.django_db
def test_the_security_file_is_of_fields_alone_each_on_a_line_and_its_instant_is_rfc_3339(client, settings):
    settings.SUPPORT_EMAIL, settings.SUPPORT_URL, settings.IS_HTTPS = "help@example.com", "", False
    text = client.get("/.well-known/security.txt").content.decode()
    assert text.endswith("\n")
    assert "\r" not in text
    lines = text.splitlines()
    assert all(re.fullmatch(r"[A-Z][A-Za-z-]+: \S.*", line) for line in lines)
    names = [line.partition(":")[0] for line in lines]
    # RFC 9116, 2.5.5: exactly one; 2.5.3: at least one; 2.5.2: an address of the web is https.
    assert names.count("Expires") == 1
    assert "Contact" in names
    assert "Canonical" not in names
    (expires,) = [line.removeprefix("Expires: ") for line in lines if line.startswith("Expires")]
    assert re.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", expires)
    assert client.head("/.well-known/security.txt").status_code == 200
    assert client.post("/.well-known/security.txt").status_code == 405
