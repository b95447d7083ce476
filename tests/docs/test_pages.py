"""Every page of the documentation is answered, lists its headings, and links to what exists."""

import re
from urllib.parse import unquote, urljoin, urlsplit

import pytest
from django.conf import settings

import docs_source
from api.urls import api
from catalog.models import Endpoint
from docs import library
from dom import tree
from lint.sample_rules import OnRecord

SLUGS = [source.slug for source in library.shelf()]
WANTED = {
    *("quickstart", "authentication", "errors", "streaming", "tasks-and-webhooks", "billing"),
    *("choosing-models", "deprecations", "agent-skills", "catalog-api", "admin-guide", "self-hosting"),
    "catalog-files",
}

EXPLAINED = {
    "/",
    "/api/v1/",
    "/api/v1/{service}/{action}",
    "/api/v1/{service}/{action}/{id}",
}
"""Forms that pages explain, rather than addresses."""


def shown(client, path):
    response = client.get(path)
    assert response.status_code == 200, path
    return tree(response.content)


def test_the_pages_that_the_project_promises_are_there():
    assert set(SLUGS) >= WANTED


@pytest.mark.parametrize("slug", SLUGS)
@pytest.mark.django_db
def test_a_page_lists_its_headings_and_each_is_an_anchor(client, slug):
    page = shown(client, f"/docs/{slug}")
    article = page.one("article")
    headings = [node for node in article.walk() if node.tag in ("h2", "h3")]
    contents = page.one("nav", class_="toc").all("a")
    assert len(headings) > 1
    assert [link.attributes["href"] for link in contents] == [
        f"#{node.attributes['id']}" for node in headings
    ]
    assert [link.text for link in contents] == [node.text.removesuffix(" #") for node in headings]
    assert len({node.attributes["id"] for node in headings}) == len(headings)
    for node in headings:
        assert node.one("a", class_="anchor").attributes["href"] == f"#{node.attributes['id']}"


@pytest.mark.django_db
def test_one_order_leads_through_all_pages_and_back(client):
    seen, path = [], f"/docs/{SLUGS[0]}"
    while path:
        page = shown(client, path)
        before = page.first("a", rel="prev")
        assert (before.attributes["href"] if before else None) == (seen[-1] if seen else None)
        seen.append(path)
        after = page.first("a", rel="next")
        path = after.attributes["href"] if after else None
    assert seen == [f"/docs/{slug}" for slug in SLUGS]


@pytest.mark.django_db
def test_the_index_and_every_navigation_name_all_pages(client):
    paths = {f"/docs/{slug}" for slug in SLUGS}
    assert {link.attributes["href"] for link in shown(client, "/docs").one("main").all("a")} >= paths
    for path in paths:
        navigation = shown(client, path).one("nav", aria_label="Documentation")
        assert {link.attributes["href"] for link in navigation.all("a")} == paths
        (current,) = navigation.all("a", aria_current="page")
        assert current.attributes["href"] == path


@pytest.mark.django_db
def test_every_link_and_fragment_of_the_documentation_leads_somewhere(client):
    ids, missing = {}, []
    for path in ["/docs", "/api/v1/docs", *(f"/docs/{slug}" for slug in SLUGS)]:
        for link in shown(client, path).all("a"):
            address = urlsplit(urljoin(f"{settings.SITE_URL}{path}", link.attributes["href"]))
            if f"{address.scheme}://{address.netloc}" != settings.SITE_URL:
                continue
            where = f"{address.path}?{address.query}" if address.query else address.path
            if where not in ids:
                response = client.get(where, follow=where == "/admin/")
                is_page = response["Content-Type"].startswith("text/html")
                ids[where] = response.status_code == 200 and (_ids(response) if is_page else set())
            if ids[where] is False or (address.fragment and unquote(address.fragment) not in ids[where]):
                missing.append(f"{path}: {link.attributes['href']}")
    assert missing == []
    assert len(ids) > 25


def _ids(response):
    return {node.attributes["id"] for node in tree(response.content).walk() if "id" in node.attributes}


def test_links_in_the_markdown_are_written_from_the_root():
    """A link to the repository's own file, or to a page by its file name, would lead nowhere on the site."""
    for slug, text in docs_source.pages().items():
        for target in re.findall(r"\]\(([^)]+)\)", text):
            assert target.startswith(("/", "#", "https://", "http://", "mailto:")), f"{slug}: {target}"
            assert not target.endswith(".md"), f"{slug}: {target}"


@pytest.mark.django_db
def test_a_page_that_there_is_not_is_a_404(client):
    for path in ("/docs/nothing", "/docs/nothing.md", "/docs/../docs/values"):
        assert client.get(path).status_code == 404


@pytest.mark.django_db
def test_an_address_in_inline_code_is_one_of_this_site_or_of_the_platform(client):
    """What is planned has no address yet, and no page speaks of it."""
    recorded = {endpoint.path for endpoint in Endpoint.objects.all()}
    known = OnRecord(frozenset(), frozenset(recorded), frozenset(), "", "")
    schema = set(api.get_openapi_schema(path_prefix="/api/v1/")["paths"])
    for slug in SLUGS:
        for word in docs_source.spans(slug):
            path = word.removeprefix("GET ").removeprefix("POST ").partition("?")[0]
            if not path.startswith("/") or path in schema or path in EXPLAINED or known.has_path(path):
                continue
            is_short = slug == "catalog-api" and f"/api/v1{path}" in schema
            assert is_short or client.get(path).status_code in (200, 302), f"{slug} names {path}"
