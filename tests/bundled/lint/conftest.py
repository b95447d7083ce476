"""Plants defects into pages and records of the bundled catalog, and gives what the lint then finds."""

from copy import deepcopy

import pytest
from django.utils import timezone

from catalog.records.facts import facts
from lint import run
from lint.crawl import CrawledSite

SEED = "claude-sonnet-4-5-20250929"
IMAGE = "flux-2-flex-text-to-image"


class Lint:
    """The catalog's facts and the site's pages, with what is planted in them."""

    def __init__(self, client):
        self.client = client
        self.at = timezone.now()
        self.families = run.families(self.at)
        self.members = {row.record["model_id"]: row for family in self.families.values() for row in family}

    def family(self, model_id):
        return self.families[self.members[model_id].record["family"]["slug"]]

    def path(self, model_id):
        return self.members[model_id].record["path"]

    def html(self, address):
        response = self.client.get(address)
        assert response.status_code == 200
        return response.content.decode()

    def page(self, address, planted=()):
        """The problems of a page in which some text stands in place of other text."""
        html = self.html(address)
        assert self.of_page(address, html) == []
        for before, after in dict(planted).items():
            assert before in html, f"{before!r} is not on {address}"
            html = html.replace(before, after)
        return self.of_page(address, html)

    def as_rendered(self, model_id):
        """The problems of a model's page as it is rendered now."""
        return self.of_page(self.path(model_id), self.html(self.path(model_id)))

    def model(self, model_id, planted=()):
        """The problems of a model's page in which some text stands in place of other text."""
        return self.page(self.path(model_id), planted)

    def record(self, model_id, **changed):
        """The problems of a model whose record says something else."""
        this, family = self.members[model_id], self.family(model_id)
        assert [*run.of_record(this, family)] == []
        planted = facts({**deepcopy(this.record), **changed}, self.at)
        return [*run.of_record(planted, family)]

    def of_page(self, address, html):
        site = CrawledSite()
        page = site.add(address, html)
        found = [*run.pages(site, run.on_record(self.members.values()))]
        for this in self.members.values():
            if this.record["path"] == address:
                found += run.of_model(page, this, self.family(this.record["model_id"]))
        return found


@pytest.fixture
def lint(db, client):
    """Pages and records to plant defects in."""
    return Lint(client)
