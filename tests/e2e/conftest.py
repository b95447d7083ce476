"""A site whose visitors may try calls, the gateway that answers them, and a visitor's page."""

import re

import pytest

import live
from gateway.server import Gateway, serving
from snippet_records import small_records
from trying import KEY


class Paced(Gateway):
    """A gateway whose streams send one event for each time that `gate` is released."""

    gate = None

    def take(self, arrival):
        answer = super().take(arrival)
        if answer.events is not None and self.gate:
            answer.events = self.one_by_one(answer.events)
        return answer

    def one_by_one(self, events):
        for event in events:
            self.gate.acquire(timeout=20)
            yield event


@pytest.fixture(scope="session")
def opened_site(tmp_path_factory, new_database):
    """A gateway and a site whose visitors may try calls there."""
    gateway = Paced(small_records(), keys={KEY})
    folder = tmp_path_factory.mktemp("try_it")
    with (
        serving(gateway) as address,
        new_database() as database,
        live.running(folder, MCP="off", TRY_IT="true", API_BASE_URL=address, **database) as url,
    ):
        yield url, gateway, address


@pytest.fixture
def site(opened_site):
    return opened_site[0]


@pytest.fixture
def gateway(opened_site):
    """The gateway as each test finds it: nothing arrived, and the site's pages may read its answers."""
    url, gateway, _ = opened_site
    gateway.arrivals.clear()
    gateway.gate, gateway.origins = None, re.compile(re.escape(url))
    return gateway


@pytest.fixture
def visitor(browser, opened_site, gateway):
    """A page whose errors, breaches of its policy and requests elsewhere fail the test."""
    site, _, address = opened_site
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    faults = []
    page.on("pageerror", lambda error: "Transition was" in str(error) or faults.append(str(error)))
    page.on("console", lambda said: "Content Security" in said.text and faults.append(said.text))
    page.on("request", lambda asked: asked.url.startswith((site, address)) or faults.append(asked.url))
    page.faults = faults
    yield page
    context.close()
    assert faults == []
