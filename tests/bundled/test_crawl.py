"""Every address and fragment that the pages of the bundled catalog and of the documentation name is there.

Lists in another order, samples with another option and other forms of a page are followed in the tests'
catalog: `tests/test_crawl.py`.
"""

import os
from zlib import crc32

import pytest

from catalog.models import Variant
from crawling import OTHER_FORMS, crawl

# What a page says is the same on both.
pytestmark = [
    pytest.mark.django_db,
    pytest.mark.engine("sqlite"),
    pytest.mark.slow,
    pytest.mark.soak,
]
CRAWLED_MODELS = int(os.environ.get("CRAWLED_MODELS", "3"))
"""Of the models, the page of one in so many is read."""


def test_every_address_and_fragment_that_its_pages_name_is_there(client):
    models = {one.path for one in Variant.objects.select_related("family")}
    left_out = {path for path in models if crc32(path.encode()) % CRAWLED_MODELS}

    def is_followed(target, _source):
        return "?" not in target and not target.endswith(OTHER_FORMS) and target not in left_out

    site = crawl(client, is_followed=is_followed)
    assert [*site.broken()] == []
    assert models - left_out <= site.ids.keys()
    assert {target.partition("#")[0] for target in site.named_by} >= models
    assert len(site.ids) > 300
    assert len(site.named_by) > 5_000
