"""Every address and fragment that the pages of the bundled catalog and of the documentation name is there.

Lists in another order, samples with another option and other forms of a page are followed in the tests'
catalog: `tests/test_crawl.py`.
"""

import pytest

from catalog.models import Variant
from crawling import OTHER_FORMS, crawl

# What a page says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow]


def test_every_address_and_fragment_that_its_pages_name_is_there(client):
    site = crawl(client, is_followed=lambda target, _: "?" not in target and not target.endswith(OTHER_FORMS))
    assert [*site.broken()] == []
    assert {one.path for one in Variant.objects.select_related("family")} <= site.ids.keys()
    assert len(site.ids) > 500
    assert len(site.named_by) > 5_000
