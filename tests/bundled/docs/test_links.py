"""Every link and address of the documentation, to bundled models too, leads to what exists."""

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
EXPLAINED = {
    "/",
    "/api/v1/",
    "/api_keys",
    "/api/v1/{service}/{action}",
    "/api/v1/{service}/{action}/{id}",
}
"""Forms that pages explain, rather than addresses."""


@pytest.mark.django_db
def test_every_link_and_fragment_of_the_documentation_leads_somewhere(client):
    ids, missing = {}, []
    for path in ["/docs", "/api/v1/docs", *(f"/docs/{slug}" for slug in SLUGS)]:
        for link in tree(client.get(path).content).all("a"):
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
