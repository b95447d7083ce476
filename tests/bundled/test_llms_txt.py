"""What the indexes for agents link to is there, pages of the documentation with their models included."""

import re
from collections import defaultdict
from urllib.parse import urlsplit

import pytest
from django.conf import settings

from catalog.models import Family


@pytest.mark.slow
@pytest.mark.engine("sqlite")  # what a page says is the same on both
@pytest.mark.django_db
def test_every_link_of_every_index_leads_to_an_answer(client):
    """Of the whole, the full text and each family: what is linked on this site is there, and in its form."""
    slugs = Family.objects.values_list("slug", flat=True)
    named = defaultdict(set)
    for index in ("/llms.txt", "/llms-full.txt", *(f"/models/{slug}/llms.txt" for slug in slugs)):
        text = client.get(index).content.decode()
        found = re.findall(rf"\]\(({re.escape(settings.SITE_URL)}[^)\s]*)\)", _without_code(text))
        assert found, index
        for url in found:
            named[url.partition("#")[0]].add(index)
    assert len(named) > 350
    for url, indexes_of in named.items():
        parts = urlsplit(url)
        answer = client.get(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        if parts.path.startswith("/admin/"):
            assert urlsplit(answer["Location"]).path == "/admin/login/"
            continue
        assert answer.status_code == 200, (url, indexes_of)
        if parts.path.endswith((".md", ".txt")):
            assert answer["Content-Type"].startswith(("text/markdown", "text/plain")), url


def _without_code(text):
    return re.sub(r"^(`{3,})[^`]*?\n.*?^\1$|`[^`\n]*`", "", text, flags=re.DOTALL | re.MULTILINE)
