"""A site before its first catalog answers everywhere."""

import pytest
from django.test import Client

from catalog.models.facet import FacetBits, FacetClock, FacetSpan, FacetTally

PATHS = (
    *("/", "/models", "/models?capability=vision", "/models.md", "/models.csv", "/providers"),
    *("/pricing", "/pricing.json", "/compare", "/status", "/changes", "/changes.atom", "/lifecycle.ics"),
    *("/docs", "/docs/quickstart", "/skills", "/llms.txt", "/llms-full.txt", "/sitemap.xml", "/search?q=x"),
    *("/api/v1/models", "/api/v1/models?facets=true&q=x", "/api/v1/providers", "/api/v1/families"),
    *("/api/v1/changes", "/api/v1/status", "/api/v1/search?q=x", "/api/v1/exports/litellm"),
)


@pytest.fixture
def _nothing(db):
    """As `migrate` leaves a database: no model, and no index of one."""
    for kind in (FacetBits, FacetTally, FacetSpan, FacetClock):
        kind.objects.all().delete()


@pytest.mark.usefixtures("_nothing")
@pytest.mark.parametrize("path", PATHS)
def test_a_page_without_an_index_is_no_error(path):
    answer = Client(raise_request_exception=False).get(path)
    assert answer.status_code == 200, path
    assert answer.getvalue() is not None
