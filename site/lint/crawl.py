"""Fetches every reachable page once."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import urlencode, urljoin, urlsplit

from django.conf import settings
from django.test import Client

from lint.page_parts import PageText
from lint.page_text import read_page

STARTS = ("/", "/models", "/providers", "/pricing", "/status", "/changes", "/docs")
MOST_PAGES = 5_000
HTML = "text/html"

Progress = Callable[[int, int], None]


@dataclass(slots=True)
class CrawledSite:
    """Answers and links by address."""

    pages: dict[str, PageText] = field(default_factory=dict)
    html: dict[str, str] = field(default_factory=dict)
    status: dict[str, int] = field(default_factory=dict)
    linked_from: dict[str, str] = field(default_factory=dict)

    def add(self, address: str, html: str) -> PageText:
        """Store a page that was answered with 200."""
        page = read_page(address, html)
        self.pages[address] = page
        # Rules of a whole page need it once, not per query.
        if "?" not in address:
            self.html[address] = html
        for target in internal(page):
            self.linked_from.setdefault(target, address)
        return page


def crawl(paths: Iterable[str], progress: Progress, at: datetime | None = None) -> CrawledSite:
    """Fetch these addresses, as of `at` or now, and all they link to."""
    site = CrawledSite()
    client = Client(headers={"host": urlsplit(settings.SITE_URL).netloc}, raise_request_exception=False)
    waiting = [*STARTS, *paths]
    known = set(waiting)
    while waiting and len(site.status) < MOST_PAGES:
        address = waiting.pop(0)
        response = client.get(_as_of(address, at), headers={"accept": HTML})
        site.status[address] = response.status_code
        progress(len(site.status), len(known))
        if response.status_code != 200 or not response.get("Content-Type", "").startswith(HTML):
            continue
        for target in internal(site.add(address, response.content.decode())):
            plain = target.partition("#")[0]
            path, is_query, _ = plain.partition("?")
            is_own = path == address and address not in STARTS
            # Queries would multiply without end: they are followed only from addresses without one. A page's
            # links to itself with a query are options of samples, which the rules read in the records.
            if plain not in known and not (is_query and ("?" in address or is_own)):
                known.add(plain)
                waiting.append(plain)
    return site


def _as_of(address: str, at: datetime | None) -> str:
    if at is None or "at=" in address:
        return address
    return f"{address}{'&' if '?' in address else '?'}{urlencode({'at': at.isoformat()})}"


def internal(page: PageText) -> Iterator[str]:
    """List a page's links within this site."""
    own = urlsplit(settings.SITE_URL).netloc
    for link in page.links:
        parts = urlsplit(urljoin(f"{settings.SITE_URL}{page.path}", link))
        if parts.netloc == own and parts.scheme in ("http", "https"):
            query = f"?{parts.query}" if parts.query else ""
            fragment = f"#{parts.fragment}" if parts.fragment else ""
            yield f"{parts.path or '/'}{query}{fragment}"
