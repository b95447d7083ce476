"""Runs the lint: every record, every rendered page, every internal link."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote, urljoin, urlsplit

from django.conf import settings
from django.test import Client

from catalog.checks.page_rules import MODEL_RULES, PAGE_RULES, ModelPage, sentences
from catalog.checks.page_text import PageText, read_page
from catalog.checks.problem import Problem
from catalog.checks.record_rules import RECORD_RULES
from catalog.documents import read
from catalog.facts import Facts, facts
from catalog.models import Document

STARTS = ("/", "/models", "/providers", "/pricing", "/status", "/docs")
REPEATED_SHARE = 10
"""A sentence on more than one in this many model pages, outside shared sections, is filler."""
FEWEST_PAGES = 20
SHORTEST_SENTENCE = 25
MOST_PAGES = 5_000
HTML = "text/html"

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class Site:
    """What the crawl has seen: answers by address, and who links where."""

    pages: dict[str, PageText] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    linked_from: dict[str, str] = field(default_factory=dict)


def check(at: datetime, progress: Progress | None = None) -> list[Problem]:
    """Find every problem of the catalog and of the site that shows it, in a stable order."""
    families = _families(at)
    problems = list(_records(families))
    site = _crawl(families, progress or _silent)
    problems += _pages(site, families)
    problems += _links(site)
    problems += _repeated(site, families)
    return sorted(set(problems))


def _silent(_done: int, _total: int) -> None:
    return None


def _families(at: datetime) -> dict[str, list[Facts]]:
    families: dict[str, list[Facts]] = defaultdict(list)
    bodies = Document.objects.order_by("variant__position", "pk").values_list("body", flat=True)
    for body in bodies.iterator():
        found = facts(read(body), at)
        families[found.record["family"]["slug"]].append(found)
    return families


def _records(families: dict[str, list[Facts]]) -> Iterator[Problem]:
    for family in families.values():
        for member in family:
            for name, rule in RECORD_RULES.items():
                for message in rule(member, family):
                    yield Problem(member.record["model_id"], name, message)


def _crawl(families: dict[str, list[Facts]], progress: Progress) -> Site:
    """Fetch every page that can be reached, each once; a query string is followed only from outside it."""
    site = Site()
    client = Client(headers={"host": urlsplit(settings.SITE_URL).netloc}, raise_request_exception=False)
    waiting = [*STARTS, *(member.record["path"] for family in families.values() for member in family)]
    known = set(waiting)
    while waiting and len(site.status) < MOST_PAGES:
        address = waiting.pop(0)
        response = client.get(address, headers={"accept": HTML})
        site.status[address] = response.status_code
        progress(len(site.status), len(known))
        if response.status_code != 200 or not response.get("Content-Type", "").startswith(HTML):
            continue
        html = response.content.decode()
        page = read_page(address, html)
        site.pages[address] = page
        if "?" not in address:
            site.html[address] = html
        for target in _internal(page):
            site.linked_from.setdefault(target, address)
            plain = target.partition("#")[0]
            if plain not in known and not ("?" in plain and "?" in address):
                known.add(plain)
                waiting.append(plain)
    return site


def _internal(page: PageText) -> Iterator[str]:
    """Give the links of a page that lead to this site, as addresses from its root."""
    own = urlsplit(settings.SITE_URL).netloc
    for link in page.links:
        parts = urlsplit(urljoin(f"{settings.SITE_URL}{page.path}", link))
        if parts.netloc == own and parts.scheme in ("http", "https"):
            query = f"?{parts.query}" if parts.query else ""
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            yield f"{parts.path or '/'}{query}{fragment}"


def _pages(site: Site, families: dict[str, list[Facts]]) -> Iterator[Problem]:
    for address, html in site.html.items():
        for name, rule in PAGE_RULES.items():
            for message in rule(site.pages[address], html):
                yield Problem(address, name, message)
    for family in families.values():
        for member in family:
            path = member.record["path"]
            if path not in site.html:
                yield Problem(member.record["model_id"], "page", f"{path} answers {site.status.get(path)}")
                continue
            seen = ModelPage(
                page=site.pages[path],
                html=site.html[path],
                this=member,
                family=family,
                key_variable=settings.API_KEY_ENV,
                site_url=settings.SITE_URL.rstrip("/"),
            )
            for name, model_rule in MODEL_RULES.items():
                for message in model_rule(seen):
                    yield Problem(path, name, message)


def _links(site: Site) -> Iterator[Problem]:
    for target, origin in site.linked_from.items():
        address, _, fragment = target.partition("#")
        status = site.status.get(address)
        if status is not None and status >= 400:
            yield Problem(origin, "link", f"{address} answers {status}")
        page = site.pages.get(address)
        if fragment and page is not None and unquote(fragment) not in page.ids:
            yield Problem(origin, "link", f"{address} has no #{fragment}")


def _repeated(site: Site, families: dict[str, list[Facts]]) -> Iterator[Problem]:
    paths = [member.record["path"] for family in families.values() for member in family]
    pages = [site.pages[path] for path in paths if path in site.pages]
    if len(pages) < FEWEST_PAGES:
        return
    counted: Counter[str] = Counter()
    for page in pages:
        counted.update(
            {
                sentence
                for block in page.blocks
                if block.tag in ("p", "li", "dd") and not block.is_shared
                for sentence in sentences(block.text)
                if len(sentence) >= SHORTEST_SENTENCE and sentence.endswith((".", "?", "!"))
            }
        )
    for sentence, count in counted.items():
        if count * REPEATED_SHARE > len(pages):
            yield Problem("model pages", "repeated", f"on {count} of {len(pages)}: {sentence!r}")
