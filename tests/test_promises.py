"""What an operator does not promise of billing, keys and limits, nothing on the site promises.

Acme has three models, and has stated nothing else. `SPOKEN` finds each promise that this software knows; what
is said of the site itself, such as the 429 of its own API, is not of calls to models: `OF_THE_SITE`.
"""

import json
import re

import pytest

from catalog.models import Promise, Variant
from catalog.publishing.publish import publish
from catalog.records.promises import OF_DAYS, OF_PATHS
from catalog.vocabulary import Origin, PromiseName
from crawling import crawl
from mcp_server.registry import TOOLS

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.catalog("operator")]

SPOKEN = re.compile(
    r"(never|not) charged|charged for (a )?fail|failed (one|calls?|tasks?) (is|are|costs?) (free|not|nothing)"
    r"|fails?,? nothing|reserv(es|ation)|not enough credit|add credit|/balance"
    r"|(one|same) (\w+ )?api key|one key\b|key (works|stays the same|is enough)|keep the key|api_keys"
    r"|/api/v1/me\b|accept all three"
    r"|no account|need an account|subscription"
    r"|per (api )?key|retry-after|idempotency-key|within \d+ days|price_schedules"
    r"|safe retry|option(=|\": ?\")retry\b",
    re.IGNORECASE,
)
OF_THE_SITE = {
    "/api/v1/openapi.json",
    "/openapi.json",
    *(
        f"/docs/{page}{ending}"
        for page in (
            "admin-guide",
            "catalog-api",
            "catalog-files",
            "development",
            "mcp",
            "self-hosting",
            "webhooks",
        )
        for ending in ("", ".md")
    ),
}
"""Addresses that tell how this software itself behaves, or how it is run."""
VALUES = {
    name: "7" if name in OF_DAYS else "/api_keys" if name in OF_PATHS else "" for name in PromiseName.values
}
STARTS = ["/", "/sitemap.xml", "/robots.txt", "/llms.txt", "/llms-full.txt", "/docs"]
API = ["/api/v1/models", "/api/v1/families", "/api/v1/providers", "/api/v1/prices", "/api/v1/changes"]
DEPTHS = ("", "/snippets", "/prices", "/schema")


@pytest.fixture(autouse=True)
def _acme(settings):
    settings.SITE_NAME, settings.API_KEY_ENV = "Acme", "ACME_KEY"
    settings.API_BASE_URL = "https://api.acme.example"


def answers(client):
    """The address and text of each answer: pages, their other forms, documentation, API, tools."""
    texts = {}

    def keep(target, _source):
        is_read = not target.endswith((".png", ".zip", ".tar.gz"))
        return is_read and "?" not in target and not target.startswith("/admin")

    site = crawl(client, STARTS, keep)
    more = [f"/api/v1/models/{one}{depth}" for one in models() for depth in DEPTHS]
    for path in [*site.status, *API, *more]:
        answer = client.get(path, headers={"accept": "*/*"})
        if answer.status_code == 200 and not answer.streaming:
            texts[path] = answer.content.decode()
    for one in models():
        for name, arguments in (
            ("search_models", {}),
            ("get_model", {"model": one}),
            ("get_snippet", {"model": one, "language": "python"}),
            ("price_history", {"model": one}),
        ):
            tool = TOOLS[name]
            if name == "get_snippet" and one == "relay-1":
                continue
            texts[f"{name} {one}"] = json.dumps(tool.run(tool.takes(**arguments)), default=str)
    return texts


def models():
    return sorted(Variant.objects.values_list("model_id", flat=True))


def spoken(texts):
    """The promises in these texts: address and words."""
    found = set()
    for address, text in texts.items():
        if address in OF_THE_SITE:
            continue
        # Its documentation is read page by page.
        start = text.index("\n## Family: ") if address == "/llms-full.txt" else 0
        found |= {(address, match[0]) for match in SPOKEN.finditer(text, start)}
    return found


def promise(name, **changed):
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        return edition.add(Promise(name=name, value=VALUES[name], **changed))


def test_an_operator_who_promises_nothing_has_nothing_promised(client):
    texts = answers(client)
    assert len(models()) == 3
    assert len(texts) > 100
    for kind in (
        "/models/relay/2",
        "/models/relay/2.md",
        "/docs/errors",
        "/skills/relay.md",
        "get_model relay-2",
    ):
        assert kind in texts
    assert spoken(texts) == set()


@pytest.mark.parametrize("name", PromiseName.values)
def test_a_promise_that_is_stated_is_spoken(client, name):
    promise(name)
    assert spoken(answers(client))


def test_a_safe_retry_is_offered_once_it_is_promised(client):
    promise(PromiseName.IDEMPOTENCY_KEY)
    assert spoken(answers(client)) >= {
        ("/models/easel/1", "Safe retry"),
        ("/models/easel/1.md", "option=retry"),
        ("/api/v1/models/easel-1/snippets", "Idempotency-Key"),
        ("get_snippet easel-1", 'option": "retry'),
    }


def test_a_promise_that_is_withdrawn_is_spoken_no_more(client):
    row = promise(PromiseName.ONE_KEY_FOR_ALL_MODELS)
    assert ("/docs/quickstart", "One key") in spoken(answers(client))
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(row, {"is_stated": False})
    assert spoken(answers(client)) == set()
