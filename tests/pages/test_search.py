"""The search page: groups, marks, and what it says where nothing is found; a hostile query is only words."""

import pytest

import hostile
from docs import library, passages
from dom import tree
from rows import a_variant

pytestmark = [pytest.mark.django_db, pytest.mark.writes]
SYNTAX = [
    '"',
    '""',
    "*",
    "-",
    "^",
    ":",
    "NEAR(",
    "NEAR(linden ballad, 2)",
    "linden AND",
    "OR",
    "NOT linden",
    "terms:linden",
    "{terms}:linden",
    "linden*",
    '"linden ballad',
    "linden' OR '1'='1",
    "linden; DROP TABLE catalog_variant; --",
    "{linden,0s0}",
    "0s0",
    "0linden",
    "0g0",
    "%",
    "_",
    "%s",
    "\\",
    "<mark>linden</mark>",
    "¼ ½ ﬁ İ ß",
    "x" * 5_000,
]


def page(client, q):
    response = client.get("/search", {"q": q})
    assert response.status_code == 200, q
    return tree(response.content)


def links(node):
    return [link.attributes["href"] for link in node.all("a")]


def test_hits_stand_in_groups_the_best_first(client):
    main = page(client, "arbor").one("main")
    assert [heading.text.split()[0] for heading in main.all("h2")] == [
        "Providers",
        "Models",
        "Families",
    ]
    assert links(main.all("ol")[0]) == ["/providers/arbor"]
    first = main.all("ol")[1].all("li")[0]
    for said in ("Linden", "Arbor", "tokens of context"):
        assert said in first.text
    headings = [heading.text.split()[0] for heading in page(client, "field").one("main").all("h2")]
    assert headings == ["Providers", "Models", "Families", "Docs"]


def test_what_was_asked_for_is_marked_and_nothing_else(client):
    main = page(client, "ballad 4.5").one("main")
    first = main.all("ol")[0].all("li")[0]
    assert [mark.text for mark in first.all("mark")] == ["Ballad", "4", "5", "ballad", "4", "5"]


def test_a_name_that_looks_like_markup_stays_text(client):
    a_variant("testfam-zebulon", name="<script>alert(1)</script> Zebulon")
    answer = client.get("/search?q=zebulon").content.decode()
    assert "&lt;script&gt;alert(1)&lt;/script&gt; <mark>Zebulon</mark>" in answer
    assert "<script>alert" not in answer
    assert "&lt;script&gt;" in client.get("/search", {"q": "<script>alert(1)</script>"}).content.decode()


def test_a_typing_error_is_named_with_what_was_searched_for(client):
    main = page(client, "castorr").one("main")
    note = main.one("p", class_="search-corrected")
    assert note.text == "Nothing holds “castorr”. These are the results for castor."
    assert links(note) == ["/search?q=castor"]
    assert "/models/castor" in links(main)


def test_where_nothing_is_found_what_is_near_is_offered(client):
    main = page(client, "linden-ballad-4-7").one("main")
    assert "/models/linden/ballad-4-6" in links(main)
    main = page(client, "liden-balad-99").one("main")
    assert "Nothing found for “liden-balad-99”" in main.text
    assert "/models/linden/ballad-5" in links(main)
    assert {"/models", "/docs"} <= set(links(main))
    assert "What are you looking for?" in page(client, "").one("main").text


def test_a_long_group_leads_to_the_list(client):
    for _ in range(31):
        a_variant(name="Text to zebulon")
    main = page(client, "text to zebulon").one("main")
    assert len(main.all("ol")[0].all("li")) == 30
    assert "/models?q=text+to+zebulon&retired=true" in links(main)


def test_no_search_engine_keeps_the_page_and_it_is_not_the_only_way(client):
    found = page(client, "ballad")
    assert found.one("meta", name="robots").attributes["content"] == "noindex"
    assert not found.all("link", rel="canonical")
    form = found.one("header").one("form")
    assert (form.attributes["action"], form.one("input").attributes["name"]) == ("/search", "q")


@pytest.mark.slow
def test_a_hostile_query_is_answered_and_never_a_failure(client):
    """NUL and what is longer than an address may be is refused before any view; the rest is words."""
    asked = {*SYNTAX, *hostile.entries("prompts"), *hostile.entries("model_ids"), "linden\0", "x" * 10_000}
    for text in sorted(asked):
        for address in ("/search", "/api/v1/search"):
            answer = client.get(address, {"q": text})
            assert answer.status_code in ((400,) if "\0" in text else (200, 400, 422)), (address, text)
            is_page = answer["Content-Type"].startswith("text/html")
            assert not (is_page and b"<script>alert" in answer.content), text
        assert client.get("/search", {"q": text.replace("\0", "")[:150]}).status_code == 200, text


@pytest.mark.parametrize(
    "text", ["linden*", '"linden', "linden:", "^linden", "-linden", "(linden)", "{linden}"]
)
def test_syntax_of_a_search_engine_changes_no_meaning(client, text):
    plain = client.get("/api/v1/search?q=linden").json()["groups"]
    found = client.get("/api/v1/search", {"q": text}).json()["groups"]
    for one, other in zip(plain, found, strict=True):
        assert {item["id"] for item in one["items"]} == {item["id"] for item in other["items"]}


@pytest.mark.parametrize("text", ["NOT linden", "linden OR oriel", "NEAR(linden oriel)", "0s0", "0linden"])
def test_operators_are_words_as_any(client, text):
    assert client.get("/api/v1/search", {"q": text}).json()["groups"] == [] or "docs" in {
        group["kind"] for group in client.get("/api/v1/search", {"q": text}).json()["groups"]
    }


def test_every_section_that_is_found_is_an_anchor_of_its_page():
    for passage in passages.passages():
        slug, _, anchor = passage.path.removeprefix("/docs/").partition("#")
        headings = {heading.anchor for heading in library.find(slug).headings}
        assert not anchor or anchor in headings, passage.path


def test_the_page_asks_few_questions_whatever_it_shows(client, django_assert_max_num_queries):
    client.get("/search?q=linden")
    for q in ("linden", "text to video", "castorr", "linden-ballad-4-7", ""):
        with django_assert_max_num_queries(9):
            client.get("/search", {"q": q})


def test_each_model_that_is_found_can_be_ticked_to_compare_it(client):
    main = page(client, "ballad").one("main")
    picks = main.all("input", class_="pick")
    by_kind = {group.attributes["aria-labelledby"]: group for group in main.all("section", class_="found")}
    assert len(picks) == len(by_kind["found-model"].all("li")) > 1
    form = main.one("form", id="compare-picks")
    assert all(pick.attributes["form"] == "compare-picks" for pick in picks)
    chosen = [pick.attributes["value"] for pick in picks[:2]]
    answer = client.get(form.attributes["action"], {"models": chosen}, follow=True)
    assert answer.status_code == 200
    assert all(model_id in answer.content.decode() for model_id in chosen)
    assert not page(client, "quickstart guide").one("main").all("form", id="compare-picks")
