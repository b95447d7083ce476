"""Every page of the documentation is answered, lists its headings, and links to what exists."""

import re

import pytest

import docs_source
from docs import library
from dom import tree

SLUGS = [source.slug for source in library.shelf()]
WANTED = {
    *("quickstart", "authentication", "errors", "streaming", "tasks-and-webhooks", "billing"),
    *("choosing-models", "deprecations", "agent-skills", "catalog-api", "admin-guide", "self-hosting"),
    "catalog-files",
}


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


def test_a_price_in_all_other_cases_is_explained_where_conditions_are():
    assert "in all other cases" in docs_source.section("billing", "Conditions")
    assert "other cases" not in docs_source.section("billing", "Currencies")


def test_an_inferred_unit_is_marked_beside_the_amount_and_nowhere_else_promised():
    for heading in ("Units", "Doubtful units"):
        words = " ".join(docs_source.section("billing", heading).split())
        assert '"unit inferred" stands beside the amount' in words
        assert "source says so" not in words
