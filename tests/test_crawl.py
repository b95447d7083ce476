"""Every address and fragment that the site names is there, from the first page and the sitemap on."""

import pytest

from catalog.models import Family, Variant
from catalog.publishing.publish import publish
from catalog.vocabulary import Origin
from crawling import OTHER_FORMS, crawl, is_worth_it
from small import FAMILY

# What a page says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow]


def names_bundled_models(target):
    """Whether it is a page of the documentation, or all in one: those are read in `tests/bundled`."""
    return target == "/llms-full.txt" or (target.startswith("/docs/") and not target.endswith(OTHER_FORMS))


def test_every_address_and_fragment_that_the_site_names_is_there(client):
    def is_followed(target, source):
        return is_worth_it(target, source) and not names_bundled_models(target)

    site = crawl(client, is_followed=is_followed)
    assert [*site.broken()] == []
    assert {one.path for one in Variant.objects.select_related("family")} <= site.ids.keys()
    assert len(site.ids) > 300
    assert len(site.named_by) > 1_500


def test_an_address_and_a_fragment_that_are_not_there_are_found(client):
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        family = Family.objects.get(slug=FAMILY)
        planted = "[one](/docs/nothing) [two](/docs/quickstart#nothing) [three](/docs/quickstart#get-a-key)"
        edition.change(family, {"overview": planted})
    page = f"/models/{FAMILY}"
    site = crawl(client, [page], lambda _target, source: source == page)
    assert [*site.broken()] == [
        f"{page}: /docs/nothing answers 404",
        f"{page}: /docs/quickstart has no #nothing",
    ]
