"""Pages refuse a parameter that they do not know, and drop what trackers add."""

import pytest
from django.conf import settings
from django.urls import URLPattern, get_resolver

from catalog.text.query_names import REST, declared, is_taken, unknown_names
from config.query_parameters import TRACKERS
from dom import tree
from pages import list_state, markdown_pages
from small import TOKENS_PATH

LEFT_ALONE = ("admin/", "mcp")
NOTHING = "api/v1/"  # answers 404
PAIR = "/compare/linden-aubade-4-8-vs-linden-ballad-4-6"
PAGES = [
    *("/", "/models", "/models/linden", TOKENS_PATH, "/compare", PAIR, "/providers", "/providers/arbor"),
    *("/pricing", "/prices/1", "/changes", "/search", "/status", "/styleguide", "/docs", "/docs/quickstart"),
    *("/skills", "/skills/linden"),
]
FILES = [
    *("/models.csv", "/card.png", f"{TOKENS_PATH}/card.png", "/lifecycle.ics", "/changes.atom"),
    *(
        "/robots.txt",
        "/sitemap.xml",
        "/llms.txt",
        "/llms-full.txt",
        "/skills/linden.zip",
        "/skills/linden.tar.gz",
    ),
]
JSON = [
    *("/changes.json", "/status.json", f"{TOKENS_PATH}.json", f"{PAIR}.json", "/pricing.json"),
    *(f"{TOKENS_PATH}/schema.json", "/changes.feed.json", "/openapi.json", "/.well-known/ard.json"),
]


def views(patterns, before=""):
    """Each address of the site and its view."""
    for one in patterns:
        address = f"{before}{one.pattern}"
        if isinstance(one, URLPattern):
            yield address, one.callback
        else:
            yield from views(one.url_patterns, address)


def public():
    return {
        address: view
        for address, view in views(get_resolver().url_patterns)
        # The operations of the API have their own schemas: tests/api/test_parameters.py.
        if not address.startswith(LEFT_ALONE)
        and address != NOTHING
        and not getattr(view, "__module__", "").startswith("ninja.")
    }


def test_every_public_view_declares_what_it_reads():
    """Red for a new view: write `@takes(...)` above it, empty where it reads nothing."""
    undeclared = [address for address, view in public().items() if declared(view) is None]
    assert undeclared == []
    assert len(public()) > 45


def test_no_view_reads_what_trackers_add():
    names = {name for view in public().values() for name in declared(view) or ()} - {REST}
    assert [name for name in names if is_taken(name, TRACKERS)] == []


def test_what_the_list_declares_is_what_it_writes():
    assert set(list_state.NAMES) == {"page", "q", *(name for name, _ in every_state().carried())}


def every_state():
    """A state in which nothing is left at its default."""
    from django.http import QueryDict

    from catalog.search.facet import Kind
    from catalog.search.facets import FACETS

    values = {Kind.LEAST: "5", Kind.MOST: "5", Kind.AFTER: "2026-01-01"}
    query = QueryDict("sort=-name&view=cards&at=2026-11-01", mutable=True)
    for name, facet in FACETS.items():
        value = str(not facet.default).lower() if facet.kind in (Kind.FLAG, Kind.EITHER) else "x"
        query[name] = values.get(facet.kind, value)
        query.appendlist("more", name)
    return list_state.read_state(query)


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.django_db
def test_a_page_refuses_an_unknown_parameter_in_its_own_form(client, path):
    page = client.get(path, {"nobody_reads_this": "1"})
    assert (page.status_code, page["Cache-Control"]) == (422, "no-cache")
    root = tree(page.content)
    assert root.one("h1").text == "Unknown parameter"
    assert root.one("meta", name="robots").attributes["content"] == "noindex"
    assert "nobody_reads_this" in [code.text for code in root.all("code")]
    assert root.one("a", class_="button-primary").attributes["href"] == path
    twin = client.get(markdown_pages.suffixed(path, "md"), {"nobody_reads_this": "1"})
    assert (twin.status_code, twin["Content-Type"]) == (422, "text/markdown; charset=utf-8")
    text = twin.content.decode()
    assert text.startswith("# 422: Unknown parameter\n")
    assert "`nobody_reads_this`" in text
    assert f"({settings.SITE_URL}{markdown_pages.suffixed(path, 'md')})" in text
    assert client.head(path, {"nobody_reads_this": "1"}).status_code == 422


@pytest.mark.parametrize("path", FILES)
@pytest.mark.django_db
def test_a_file_refuses_in_plain_text(client, path):
    assert client.get(path).status_code == 200
    answer = client.get(path, {"nobody_reads_this": "1"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/plain; charset=utf-8")
    assert answer.content.startswith(b"'nobody_reads_this' is unknown: ")


@pytest.mark.django_db
def test_a_file_of_markdown_is_refused_in_markdown(client):
    path = "/skills/linden/SKILL.md"
    assert client.get(path).status_code == 200
    answer = client.get(path, {"nobody_reads_this": "1"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "text/markdown; charset=utf-8")
    assert f"({settings.SITE_URL}{path})" in answer.content.decode()


@pytest.mark.parametrize("path", JSON)
@pytest.mark.django_db
def test_json_refuses_as_a_problem(client, path):
    assert client.get(path).status_code == 200
    answer = client.get(path, {"nobody_reads_this": "1"})
    assert (answer.status_code, answer["Content-Type"]) == (422, "application/problem+json")
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.json()["errors"][0]["loc"] == "query.nobody_reads_this"


@pytest.mark.django_db
def test_a_page_names_the_nearest_parameter_and_keeps_the_others(client):
    answer = client.get("/models?modalty=text&q=a%20b&sort=name")
    root = tree(answer.content)
    assert "Did you mean modality?" in root.one("main").text
    assert root.one("a", class_="button-primary").attributes["href"] == "/models?q=a%20b&sort=name"
    known = [code.text for code in root.all("code")]
    assert set(list_state.NAMES) <= set(known)


@pytest.mark.django_db
def test_json_of_a_page_refuses_a_filter_that_it_would_ignore(client):
    assert client.get("/pricing.json?sort=model").status_code == 200
    assert client.get("/pricing.json?kind=list").status_code == 422
    assert client.get(f"{PAIR}.json?add=linden").status_code == 422


@pytest.mark.parametrize("name", ["utm_source", "utm_x", "gclid", "fbclid", "msclkid", "mc_cid", "ref"])
@pytest.mark.django_db
def test_what_a_tracker_adds_is_dropped_first(client, name):
    for path in (*PAGES, *FILES, *JSON, "/api/v1/docs"):
        answer = client.get(path, {name: "x"})
        assert answer.status_code == 200, path
        assert name not in answer.get("Link", ""), path
        if answer["Content-Type"].startswith(("text/html", "text/markdown")):
            assert f"{name}=x" not in answer.content.decode(), path


@pytest.mark.django_db
def test_a_page_with_and_without_a_tracker_is_one_page(client):
    plain, tracked = client.get("/models?q=linden"), client.get("/models?utm_source=a&q=linden&ref=b")
    assert plain["ETag"] == tracked["ETag"]
    headers = {"If-None-Match": plain["ETag"]}
    assert client.get("/models?q=linden&gclid=1", headers=headers).status_code == 304
    assert client.get("/models/?utm_source=a&q=1")["Location"] == "/models?q=1"
    assert client.get("/models?UTM_source=a").status_code == 422


@pytest.mark.django_db
def test_a_probe_and_the_admin_are_left_alone(client):
    assert client.get("/livez?x=1").status_code == 200
    assert client.get("/readyz?x=1").status_code == 200
    assert client.get("/admin/login/?x=1&utm_source=a").status_code == 200


@pytest.mark.django_db
def test_a_hostile_name_is_cut_escaped_and_one_of_ten(client):
    query = "&".join(f"<script>alert({number}){'x' * 90}=1" for number in range(30))
    answer = client.get("/models", QUERY_STRING=query)
    assert answer.status_code == 422
    assert b"<script>alert" not in answer.content
    main = tree(answer.content).one("main")
    shown = [code.text for code in main.all("code") if code.text.startswith("<script>")]
    assert (len(shown), {len(text) for text in shown}) == (10, {60})
    assert b"script%3E" not in answer.content
    assert "Link" not in answer
    assert client.get("/models.md", QUERY_STRING=query).content.count(b"`<script>") == 10


def test_names_are_exact_but_for_a_rest():
    assert unknown_names(["param.size", "at"], ("at", "param.*")) == []
    assert [row.nearest for row in unknown_names(["Sort", "zzz"], ("sort",))] == ["sort", ""]
    assert unknown_names(["anything"], (REST,)) == []
