"""Hostile input on every public address: an answer of the site's own, never a failure inside."""

import os
import re
from html.parser import HTMLParser
from itertools import count
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import get_resolver

import hostile
from catalog.text.markdown_to_html import render_markdown
from small import TOKENS, TOKENS_PATH

RECORD = f"/api/v1/models/{TOKENS}"
PLACES = [
    *("/", "/models", "/models/linden", TOKENS_PATH, "/providers", "/pricing"),
    *("/providers/arbor", "/docs", "/docs/quickstart", "/compare", "/search", "/styleguide", "/changes"),
    *("/skills", "/skills/linden", "/skills/linden/SKILL.md", "/skills/linden.zip", "/skills/linden.tar.gz"),
    *(
        "/status",
        "/livez",
        "/readyz",
        "/admin/login/",
        "/api/v1/docs",
        "/api/v1/openapi.json",
        "/api/v1/models",
    ),
    *(RECORD, f"{RECORD}/prices", f"{RECORD}/snippets", "/api/v1/providers", "/api/v1/families"),
    *("/api/v1/families/linden", "/api/v1/providers/arbor", "/api/v1/status", "/api/v1/prices"),
]
BELOW = [
    *("/", "/models/", "/models/linden/", "/providers/", "/docs/", "/compare/", "/static/", "/skills/"),
    *("/api/v1/", "/api/v1/models/", "/api/v1/providers/", "/api/v1/families/"),
]
PARAMETERS = [
    *(
        "q",
        "family",
        "provider",
        "modality",
        "status",
        "lifecycle",
        "sort",
        "order",
        "page",
        "limit",
        "offset",
    ),
    *("at", "lang", "language", "mode", "stream", "protocol", "action", "currency", "kind", "models", "unit"),
    *("facets", "fields", "capability", "input_modality", "output_modality", "commercial_use", "context_min"),
]
IDS = hostile.entries("model_ids")
QUERIES = hostile.entries("api_query")
SENT = hostile.entries("http_headers")
TIMES_OF_IDS = int(os.environ.get("HOSTILE_IDS", "10"))
"""How many identifiers a parameter is given; the next parameter is given the next ones."""
VALUES = [
    *("", "0", "-1", "1e9", "9" * 40, "NaN", "2026-13-45", "0001-01-01", "9999-12-31", "2026-11-01T00:00:00"),
    *("0001-01-01T00:00:00+23:59", "9999-12-31T23:59:59-23:59", "2026-11-01T00:00:00 00:00", "24:00"),
]

_numbers = count(1)

pytestmark = [pytest.mark.django_db, pytest.mark.writes, pytest.mark.soak]


def numbered(entry):
    """A name for a test of this entry: its number, and as much of it as is readable."""
    return f"{next(_numbers)}-{re.sub('[^ -~]', '?', entry[:30])}"


@pytest.fixture(scope="module")
def client():
    """A client that sees what a visitor would see of an exception: 500."""
    return Client(raise_request_exception=False)


@pytest.fixture(scope="module")
def places():
    """The places that exist: some come with later work."""
    resolver = get_resolver()
    found = []
    for path in PLACES:
        try:
            resolver.resolve(path)
        except Exception:  # noqa: BLE001 - Resolver404 is private in name only
            continue
        found.append(path)
    assert len(found) > 10
    return found


def refused_well(answer):
    """Nothing failed, and a refusal shows nothing of what it was given that a browser would run."""
    if answer.status_code >= 500:
        return False
    return not (
        answer.get("Content-Type", "").startswith("text/html")
        and not answer.streaming
        and re.search(rb"<script>alert|<img src=x onerror", answer.content)
    )


def test_a_share_leaves_out_no_word_and_no_place(places):
    for rows, partners in ((IDS, BELOW), (places, QUERIES), (places, SENT), (["a", "b"], IDS)):
        shares = [hostile.some(rows, number) for number in range(len(partners))]
        assert all(shares)
        assert {row for share in shares for row in share} == {*rows}


@pytest.mark.parametrize("below", BELOW)
def test_no_identifier_below_an_address_fails(client, below):
    failed = []
    for name in hostile.some(IDS, BELOW.index(below)):
        for spelt in (quote(name, safe=""), quote(name, safe="/:@.~"), quote(quote(name, safe=""), safe="")):
            answer = client.get(f"{below}{spelt}")
            if not refused_well(answer):
                failed.append((answer.status_code, name[:80]))
    assert failed == []


@pytest.mark.parametrize("name", IDS, ids=numbered)
def test_a_raw_identifier_in_the_path_does_not_fail(client, name):
    # The server hands bytes over as Latin-1 characters, undecoded ones too.
    raw = f"/models/linden/{name}".encode().decode("latin-1")
    assert refused_well(client.get("/", PATH_INFO=raw))


@pytest.mark.parametrize("query", QUERIES, ids=numbered)
def test_no_query_fails_anywhere(client, places, query):
    answers = {
        path: client.get(path, QUERY_STRING=query) for path in hostile.some(places, QUERIES.index(query))
    }
    assert [(path, got.status_code) for path, got in answers.items() if not refused_well(got)] == []


@pytest.mark.parametrize("parameter", PARAMETERS)
def test_no_value_of_a_parameter_fails(client, places, parameter):
    pages = [path for path in places if not path.startswith(("/admin", "/livez", "/readyz"))]
    failed = []
    first = PARAMETERS.index(parameter)
    ids = [IDS[(first * TIMES_OF_IDS + number) % len(IDS)] for number in range(min(TIMES_OF_IDS, len(IDS)))]
    for number, value in enumerate([*VALUES, *ids], start=first):
        # Over all parameters every value meets most pages; here each meets two.
        for path in (pages[number % len(pages)], pages[(number + len(pages) // 2) % len(pages)]):
            answer = client.get(path, QUERY_STRING=f"{parameter}={quote(value, safe='')}")
            if not refused_well(answer):
                failed.append((path, answer.status_code, value[:60]))
    assert failed == []


HEADERS = {
    "Cookie: 8 KiB": {"cookie": "a=" + "b" * 8192},
    "101 headers": {f"x-{number}": "1" for number in range(101)},
    "Content-Length: 5 + Transfer-Encoding: chunked": {"content-length": "5", "transfer-encoding": "chunked"},
    "Host: (absent)": {"host": ""},
}


def sent(entry):
    """What an entry adds to a request: a header, or a query where it names none."""
    name, colon, value = entry.partition(": ")
    if not colon and entry not in HEADERS:
        return {"QUERY_STRING": entry}
    return {"headers": HEADERS.get(entry) or {name.lower(): value}}


@pytest.mark.engine("sqlite")  # no database is asked: once is enough
@pytest.mark.parametrize("entry", SENT, ids=numbered)
def test_no_header_fails_anywhere(client, places, entry):
    answers = {path: client.get(path, **sent(entry)) for path in hostile.some(places, SENT.index(entry))}
    assert [(path, got.status_code) for path, got in answers.items() if not refused_well(got)] == []
    for answer in answers.values():
        assert "evil.example" not in answer.get("Location", "")


@pytest.mark.engine("sqlite")  # no database is asked: once is enough
@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "BREW"])
def test_no_method_fails_anywhere(client, places, method):
    answers = {path: client.generic(method, path, b"{]", content_type="application/json") for path in places}
    assert [(path, got.status_code) for path, got in answers.items() if got.status_code >= 500] == []


class Tags(HTMLParser):
    """The elements of a page with their attributes, as a browser would read them."""

    def __init__(self, html):
        super().__init__()
        self.found = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag, attributes):
        self.found.append((tag, dict(attributes)))


FRAMES = {"iframe", "object", "embed", "base", "meta", "svg", "math"}
RUNNING = FRAMES | {"script", "style", "form", "input", "button"}


@pytest.mark.engine("sqlite")  # no database is asked: once is enough
@pytest.mark.parametrize("text", hostile.entries("markdown"), ids=numbered)
def test_no_markdown_runs_in_a_page(text):
    for tag, attributes in Tags(str(render_markdown(text))).found:
        assert tag not in RUNNING
        assert not [name for name in attributes if name.startswith("on") or name in {"style", "srcdoc"}]
        for name in ("href", "src"):
            assert not re.match(r"\s*(javascript|vbscript|data):", attributes.get(name) or "", re.IGNORECASE)
