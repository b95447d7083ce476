"""Who has an answer is told 304, with the headers of the answer, whichever room it comes from."""

import pytest
from django.utils.http import http_date

import live
from small import TOKENS_PATH

pytestmark = pytest.mark.django_db
KINDS = [
    *(
        "/",
        TOKENS_PATH,
        f"{TOKENS_PATH}.md",
        f"{TOKENS_PATH}.json",
        "/docs/quickstart",
        "/models?sort=input_price",
    ),
    *("/api/v1/models", "/api/v1/exports/litellm", "/api/v1/exports/litellm?report=true", "/openapi.json"),
    *("/changes.atom", "/changes.feed.json", "/lifecycle.ics", "/llms.txt", "/sitemap.xml", "/robots.txt"),
    *(f"{TOKENS_PATH}/card.png", "/models/prism-2/flex-text-to-image/schema.json", "/mcp/server-card"),
    *("/skills/linden.zip", "/skills/linden/SKILL.md", "/.well-known/agent-skills/index.json"),
    *("/.well-known/api-catalog", "/.well-known/ard.json"),
]
NOT_KEPT = ["/livez", "/readyz", "/admin/login/", "/api/v1/models/nothing", "/models/nothing", "/models.csv"]
REPEATED = ("Cache-Control", "ETag", "Last-Modified", "Link", "X-Catalog-Revision", "X-Robots-Tag")
READABLE = "Access-Control-Allow-Origin"


@pytest.mark.slow
@pytest.mark.parametrize("path", KINDS)
def test_who_has_an_answer_is_told_304_with_its_headers(client, path):
    first = client.get(path)
    assert first.status_code == 200, path
    assert first["Cache-Control"].startswith("public")
    again = client.get(path, headers={"if-none-match": f'"other", {first["ETag"]}'})
    assert (again.status_code, again.content) == (304, b"")
    for name in (*REPEATED, *([] if path.endswith(".md") else [READABLE])):
        assert again.get(name) == first.get(name), name
    assert not again.has_header("Content-Type")
    assert client.get(path, headers={"if-none-match": '"other"'}).content == first.content
    assert client.head(path)["ETag"] == first["ETag"]


@pytest.mark.parametrize("path", NOT_KEPT)
def test_what_may_not_be_kept_is_always_sent_whole(client, path):
    first = client.get(path)
    assert client.get(path, headers={"if-none-match": "*"}).status_code == first.status_code
    assert not first.has_header("ETag")


@pytest.mark.parametrize("path", ["/changes.atom", "/lifecycle.ics"])
def test_a_time_is_asked_by_where_an_answer_has_one(client, path):
    first = client.get(path)
    known = client.get(path, headers={"if-modified-since": first["Last-Modified"]})
    assert known.status_code == 304
    older = client.get(path, headers={"if-modified-since": http_date(0)})
    assert older.content == first.content


def test_one_place_answers_conditional_requests():
    """Exports ask on their own before they write a file."""
    found = {
        str(file.relative_to(live.REPOSITORY))
        for folder in ("site", "catalog")
        for file in (live.REPOSITORY / folder).rglob("*.py")
        if "get_conditional_response" in file.read_text()
    }
    assert found == {"site/config/etags.py", "site/api/export_files.py"}
