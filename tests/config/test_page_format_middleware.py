"""Every page has its twins, each at its own address, with the links, headers and errors of its own kind."""

import re
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import get_resolver
from django.utils import timezone

from dom import tree
from pages import markdown_pages, sections
from pages.json_pages import TARGETS
from small import TOKENS_PATH

MODEL = "/models/linden/ballad-4-6"
PAIR = "/compare/linden-aubade-4-8-vs-linden-ballad-4-6"
PAGES = {
    "home": "/",
    "models": "/models",
    "family": "/models/linden",
    "model": MODEL,
    "compare": "/compare",
    "comparison": PAIR,
    "price": "/prices/1",
    "providers": "/providers",
    "provider": "/providers/arbor",
    "pricing": "/pricing",
    "changes": "/changes",
    "search": "/search",
    "status": "/status",
    "styleguide": "/styleguide",
    "docs": "/docs",
    "docs-page": "/docs/quickstart",
}
WITHOUT = {"card", "model-card", "models-csv", "schema"}
"""Pages' neighbours that are files of their own."""
ESCAPED = re.compile(r"&(?:quot|#39|#x27|amp|lt|gt);")


def twin(path, kind="md"):
    return markdown_pages.suffixed(path, kind)


def test_every_page_has_a_row_and_every_section_a_template():
    rooms = ("pages.views.", "docs.views")
    named = {
        pattern.name
        for part in get_resolver().url_patterns
        for pattern in getattr(part, "url_patterns", [part])
        if getattr(pattern, "callback", None) and pattern.callback.__module__.startswith(rooms)
    }
    assert {name for name in named if name not in markdown_pages.TWINS} <= WITHOUT
    assert {name for name, kinds in markdown_pages.TWINS.items() if "json" in kinds} == set(TARGETS)
    assert [one.key for one in sections.SECTIONS if not one.has_text_template] == []


def test_every_value_of_a_markdown_template_passes_through_a_filter_of_markdown():
    filters = "md|said|piece|code|cell_code|cell_said|fenced|address|twin|leading|written"
    for path in (settings.REPOSITORY / "templates/text").rglob("*.md"):
        for value in re.findall(r"{{(.*?)}}", path.read_text()):
            assert re.search(rf"\|(?:{filters})(?::[\w.\"]+)?\s*$", value), f"{path.name}: {value}"


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.django_db
def test_a_page_and_its_markdown_name_each_other(client, path):
    html, markdown = client.get(path), client.get(twin(path))
    assert (html.status_code, markdown.status_code) == (200, 200)
    own = f"{settings.SITE_URL}{twin(path)}"
    assert f'<{own}>; rel="alternate"; type="text/markdown"' in html["Link"]
    (link,) = [
        one
        for one in tree(html.content).all("link", rel="alternate")
        if one.attributes["type"] == "text/markdown"
    ]
    assert link.attributes["href"] == own
    assert f'<{settings.SITE_URL}{path}>; rel="alternate"; type="text/html"' in markdown["Link"]
    assert markdown["Content-Type"] == "text/markdown; charset=utf-8"
    assert "Accept" in html["Vary"]
    assert "Accept" in markdown["Vary"]
    assert not html.cookies
    assert not markdown.cookies
    text = markdown.content.decode()
    assert text.startswith(
        f"> For the complete documentation index, see [llms.txt]({settings.SITE_URL}/llms.txt)."
    )
    assert f"<{settings.SITE_URL}{path}>" in text.splitlines()[1]
    assert re.search(r"Catalog revision \d+, published on \d{4}-\d\d-\d\dT", text)
    assert not ESCAPED.search(text)
    assert len(text) < 50_000
    targets = re.findall(
        r"\]\((?!https?://|mailto:)[^)]*\)", re.sub(r"```.*?```|`[^`]*`", "", text, flags=re.DOTALL)
    )
    assert targets == []


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
@pytest.mark.django_db
def test_what_is_accepted_decides_the_form_and_each_has_its_own_etag(client, monkeypatch, path):
    # The page of states names the minute, which must not turn between two requests.
    now = timezone.now()
    monkeypatch.setattr(timezone, "now", lambda: now)
    html, asked, suffixed = (
        client.get(path),
        client.get(path, headers={"Accept": "text/markdown"}),
        client.get(twin(path)),
    )
    assert asked.content == suffixed.content
    assert asked["ETag"] == suffixed["ETag"] != html["ETag"]
    assert not asked["ETag"].startswith("W/")
    again = client.get(twin(path), headers={"If-None-Match": asked["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert "Accept" in again["Vary"]
    assert client.get(path, headers={"If-None-Match": asked["ETag"]}).status_code == 200


@pytest.mark.parametrize(
    ("accept", "is_markdown"),
    [
        ("text/markdown, text/html, */*", True),
        ("text/markdown;q=0.9, text/html;q=0.1", True),
        ("text/html, text/markdown", False),
        ("*/*", False),
        ("", False),
        ("application/json", False),
        ("text/markdown;q=0, text/html", False),
    ],
)
@pytest.mark.django_db
def test_markdown_is_given_only_where_it_is_preferred(client, accept, is_markdown):
    answer = client.get(MODEL, headers={"Accept": accept})
    assert answer["Content-Type"].startswith("text/markdown" if is_markdown else "text/html")


@pytest.mark.parametrize(
    ("path", "api"),
    [
        (MODEL, "/api/v1/models/linden-ballad-4-6"),
        ("/models/linden", "/api/v1/families/linden"),
        ("/providers/arbor", "/api/v1/providers/arbor"),
        (PAIR, "/api/v1/compare?models=linden-aubade-4-8,linden-ballad-4-6"),
        ("/status", "/api/v1/status"),
        ("/changes", "/api/v1/changes"),
        ("/pricing", "/api/v1/models?limit=1000"),
    ],
)
@pytest.mark.django_db
def test_the_json_of_a_page_is_the_apis_own_answer(client, path, api, monkeypatch):
    twin_answer, own = client.get(f"{path}.json"), client.get(api)
    assert twin_answer.status_code == 200
    without_times = [re.sub(rb'"(?:at)":"[^"]*"', b"", one.content) for one in (twin_answer, own)]
    assert without_times[0] == without_times[1]
    assert twin_answer["X-Catalog-Revision"] == own["X-Catalog-Revision"]
    assert twin_answer["Access-Control-Allow-Origin"] == "*"
    assert f'<{settings.SITE_URL}{path}>; rel="alternate"; type="text/html"' in twin_answer["Link"]
    assert client.get(f"{path}.json", headers={"If-None-Match": twin_answer["ETag"]}).status_code == 304
    head = client.head(f"{path}.json")
    assert (head.status_code, head.content) == (200, b"")
    assert client.post(f"{path}.json").status_code == 405


@pytest.mark.django_db
def test_json_keeps_what_a_page_was_narrowed_to_or_is_not_offered(client):
    every, some = (client.get(f"/changes.json{query}").json()["count"] for query in ("", "?q=linden"))
    assert 0 < some < every
    page = client.get("/changes.md?q=linden").content.decode()
    assert f"{some} changes" in page
    assert "/changes.json?q=linden" in client.get("/changes?q=linden")["Link"]
    assert "/pricing.json?q=linden" in client.get("/pricing?q=linden")["Link"]
    narrowed = client.get("/pricing?kind=list")
    assert "pricing.json" not in narrowed["Link"] + narrowed.content.decode()
    assert "/pricing.md?kind=list" in narrowed["Link"]


@pytest.mark.django_db
def test_every_twin_names_the_others_as_they_were_narrowed(client):
    site, query = settings.SITE_URL, "?q=linden&at=2026-11-01"
    markdown, json = client.get(f"/pricing.md{query}"), client.get(f"/pricing.json{query}")
    for answer in (markdown, json):
        assert f'<{site}/pricing{query}>; rel="alternate"; type="text/html"' in answer["Link"]
    assert f'<{site}/pricing.json{query}>; rel="alternate"; type="application/json"' in markdown["Link"]
    assert f'<{site}/pricing.md{query}>; rel="alternate"; type="text/markdown"' in json["Link"]
    assert f'<{site}/pricing>; rel="canonical"' in markdown["Link"]


@pytest.mark.parametrize("path", ["/docs/agents", "/docs/quickstart", MODEL, "/docs/admin-guide"])
@pytest.mark.django_db
def test_links_between_pages_lead_from_markdown_to_markdown(client, path):
    links = re.findall(
        rf"\]\({re.escape(settings.SITE_URL)}(/[^)#?]*)", client.get(twin(path)).content.decode()
    )
    assert len(links) > 3
    pages = [link for link in links if not re.search(r"\.(md|txt|json|zip)$|^/api/", link)]
    # The first line names the page itself as the canonical one.
    assert set(pages) <= {path}


@pytest.mark.django_db
def test_an_address_that_cannot_be_read_is_refused_in_its_own_form(client):
    for path, form in (
        ("/pricing.json?q=%00", "application/problem+json"),
        ("/search.md?q=%00", "text/markdown; charset=utf-8"),
        ("/search?q=%00", "text/html; charset=utf-8"),
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (400, form), path
        assert b"NUL" in answer.content


@pytest.mark.django_db
def test_twins_show_another_instant(client):
    path = TOKENS_PATH
    for day, stage in (("2026-11-29", "Deprecated"), ("2026-12-01", "Retired")):
        assert f"\n- {stage}\n" in client.get(f"{path}.md", {"at": day}).content.decode()
        assert client.get(f"{path}.json", {"at": day}).json()["lifecycle"] == stage.lower()
    assert "As of 2026-12-01T00:00:00Z." in client.get(f"{path}.md", {"at": "2026-12-01"}).content.decode()
    assert client.get(f"{path}.md", {"at": "never"}).status_code == 400


@pytest.mark.django_db
def test_what_there_is_not_is_said_in_the_form_that_was_asked_for(client):
    for path in (
        "/models/linden/none.md",
        "/none.md",
        "/docs/none.md",
        "/providers/none.md",
        "/models/none.md",
    ):
        answer = client.get(path)
        assert (answer.status_code, answer["Content-Type"]) == (404, "text/markdown; charset=utf-8"), path
        assert answer.content.startswith(b"# 404")
    assert client.get("/none", headers={"Accept": "text/markdown"})["Content-Type"].startswith(
        "text/markdown"
    )
    missing = client.get("/models/linden/none.json")
    assert (missing.status_code, missing["Content-Type"]) == (404, "application/problem+json")
    assert client.get("/models.json").status_code == 404
    assert client.get("/admin.md").status_code == 404
    assert client.post(f"{MODEL}.md").status_code == 405
    assert client.head(f"{MODEL}.md").status_code == 200


@pytest.mark.django_db
def test_a_redirect_keeps_the_form(client):
    for kind in ("md", "json"):
        answer = client.get(f"/models/linden/ballad-4-5.{kind}", {"at": "2026-11-01"})
        assert answer.status_code == 301
        assert answer["Location"] == f"/models/linden/ballad-4-5-20250929.{kind}?at=2026-11-01"
    answer = client.get("/compare.md", {"models": "linden-ballad-4-6,linden-aubade-4-8"})
    assert urlsplit(answer["Location"]).path == f"{PAIR}.md"


@pytest.mark.slow
@pytest.mark.django_db
def test_a_twin_asks_the_database_no_more_than_its_page_and_the_revision(
    client, django_assert_max_num_queries
):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    for path in PAGES.values():
        with CaptureQueriesContext(
            connection,
        ) as page:
            client.get(path)
        with django_assert_max_num_queries(len(page) + 1):
            client.get(twin(path))
