"""Files at well-known addresses, for programs and for security reports."""

import re
from dataclasses import dataclass
from datetime import UTC, timedelta
from typing import Any
from urllib.parse import urlsplit

import orjson
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import resolve
from django.utils import timezone

from catalog.presentation.wording.subject import read_site
from catalog.text.query_names import takes

OPENAPI, REFERENCE, HEALTH = "/api/v1/openapi.json", "/api/v1/docs", "/api/v1/status"
API_CATALOG = "/.well-known/api-catalog"
LINKSET = 'application/linkset+json; profile="https://www.rfc-editor.org/info/rfc9727"'
FRESH_SECONDS = 3600
HOLDS_DAYS = 180


@dataclass(frozen=True, slots=True)
class Offer:
    """Something an agent can use."""

    kind: str
    name: str
    title: str
    description: str
    type: str
    path: str
    queries: tuple[str, ...]  # two to five questions that it answers


# The manifest knows no type for an API: the first page's `Link` header names the list of those.
OFFERS = (
    Offer(
        kind="mcp",
        name="model-catalog",
        title="Model catalog tools",
        description="Seven read-only tools: search models, read one, compare, quote a use, price history, "
        "changes and runnable snippets. Without a key.",
        type="application/mcp-server-card+json",
        path="/mcp/server-card",
        queries=(
            "What is the cheapest model that can see images?",
            "What would ten thousand calls a day cost with each of these models?",
            "Give me code that calls this model.",
        ),
    ),
    Offer(
        kind="skills",
        name="model-catalog",
        title="Model catalog skill",
        description="How an agent finds models, reads exact prices, quotes a use, compares models and gets "
        "code that calls them, over HTTP alone. Without a key.",
        type='text/markdown; profile="urn:air:agent-skills"',
        path="/skills/model-catalog/SKILL.md",
        queries=(
            "How do I look up the price of a model?",
            "Which model should my code call instead of one that retires?",
            "What changed in the prices of models?",
        ),
    ),
)


@takes()
def manifest(_request: HttpRequest) -> HttpResponseBase:
    """Return the Agentic Resource Discovery manifest."""
    site = read_site()
    host = re.sub(r"[^a-zA-Z0-9.-]", "-", urlsplit(site.url).hostname or "localhost").strip("-")
    entries = [
        {
            "identifier": f"urn:air:{host}:{offer.kind}:{offer.name}",
            "displayName": f"{site.name}: {offer.title}",
            "description": offer.description,
            "type": offer.type,
            "url": f"{site.url}{offer.path}",
            "representativeQueries": list(offer.queries),
        }
        for offer in OFFERS
        if settings.MCP or offer.kind != "mcp"
    ]
    known = {"displayName": site.name, "identifier": site.url, "documentationUrl": f"{site.url}/docs"}
    return _send_json({"specVersion": "1.0", "host": known, "entries": entries}, "application/json")


@takes()
def api_catalog(_request: HttpRequest) -> HttpResponseBase:
    """Return the site's APIs (RFC 9727)."""
    url = read_site().url
    links = {
        "anchor": f"{url}/api/v1/",
        "service-desc": [{"href": f"{url}{OPENAPI}", "type": "application/json"}],
        "service-doc": [{"href": f"{url}{REFERENCE}", "type": "text/html"}],
        "status": [{"href": f"{url}{HEALTH}", "type": "application/json"}],
    }
    listed = {"anchor": f"{url}{API_CATALOG}", "item": [{"href": f"{url}/api/v1/"}]}
    response = _send_json({"linkset": [listed, links]}, LINKSET)
    response.headers["Link"] = f'<{url}{API_CATALOG}>; rel="api-catalog"'
    return response


@takes()
def openapi(request: HttpRequest) -> HttpResponseBase:
    """Return the API's OpenAPI document."""
    match = resolve(OPENAPI)
    # The API knows GET only; the server cuts the answer to HEAD.
    request.method = "GET"
    response: HttpResponseBase = match.func(request, *match.args, **match.kwargs)
    response.headers["Access-Control-Allow-Origin"] = "*"
    return response


@takes()
def security(_request: HttpRequest) -> HttpResponseBase:
    """Return the security contact (RFC 9116), 404 without one."""
    site = read_site()
    contacts = [f"mailto:{site.support_email}"] if site.support_email else []
    # The RFC asks for https in addresses of the web.
    contacts += [site.support_url] if site.support_url.startswith("https://") else []
    if not contacts:
        raise Http404
    today = timezone.now().astimezone(UTC).date()
    lines = [f"Contact: {contact}" for contact in contacts]
    lines.append(f"Expires: {today + timedelta(days=HOLDS_DAYS)}T00:00:00Z")
    lines.append("Preferred-Languages: en")
    if settings.IS_HTTPS:
        lines.append(f"Canonical: {site.url}/.well-known/security.txt")
    return _send("".join(f"{line}\n" for line in lines).encode(), "text/plain; charset=utf-8")


def _send_json(body: dict[str, Any], content_type: str) -> HttpResponseBase:
    return _send(orjson.dumps(body, option=orjson.OPT_INDENT_2), content_type)


def _send(content: bytes, content_type: str) -> HttpResponseBase:
    response = HttpResponse(content, content_type=content_type)
    response["Cache-Control"] = f"public, max-age={FRESH_SECONDS}"
    response["Access-Control-Allow-Origin"] = "*"
    return response
