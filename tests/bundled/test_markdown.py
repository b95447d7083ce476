"""The Markdown of every bundled model is short, plain text, and each of its headings stands once."""

import re

import pytest

from catalog.models import Variant

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what a page says is the same on both


def test_every_models_markdown_is_short_and_plain(client):
    for variant in Variant.objects.select_related("family"):
        text = client.get(f"{variant.path}.md").content.decode()
        assert 1_000 < len(text) < 50_000, variant.model_id
        assert not re.search(r"&(?:quot|#39|#x27|amp|lt|gt);", text), variant.model_id
        prose = re.sub(r"^(`{3,})[^`]*?\n.*?^\1$", "", text, flags=re.DOTALL | re.MULTILINE)
        headings = [line for line in prose.splitlines() if line.startswith("#")]
        assert len(headings) == len(set(headings)), variant.model_id
