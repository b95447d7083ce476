"""From the first page and the sitemap on, every address and fragment that this site names is there.

A query string is followed from an address without one only, and a page's own in other words (a sample's
options, another order of a list) only from the lists of `WHOLE`: filters could be combined without end.
Of the other forms of pages (Markdown, JSON, feeds, pictures), which have tests of their own, one in `EVERY`
is asked for.
"""

import re
from collections import Counter, deque
from dataclasses import dataclass, field
from html import unescape
from urllib.parse import unquote, urljoin, urlsplit
from zlib import crc32

from django.conf import settings

WHOLE = {"/", "/models", "/providers", "/pricing", "/status", "/changes", "/compare", "/skills"}
STARTS = ("/", "/sitemap.xml", "/robots.txt", "/llms.txt")
ELSEWHERE = "/admin/"
"""Asks for a name and a password, and so leads to its own page."""
OTHER_FORMS = (".md", ".json", ".atom", ".png", ".zip", ".tar.gz")
EVERY = 5
_NAMED = re.compile(r'\s(?:(?:href|src|action)="|content="(?=https?:))([^"]*)"')
_IDS = re.compile(r'\sid="([^"]*)"')
_XML = re.compile(r"<loc>([^<]*)</loc>")
_PLAIN = re.compile(r"\]\((https?:[^)\s]+)\)")


@dataclass
class Crawled:
    """What was read: status of each address, IDs of each page, who names what, and how often each kind."""

    status: dict = field(default_factory=dict)
    ids: dict = field(default_factory=dict)
    named_by: dict = field(default_factory=dict)
    kinds: Counter = field(default_factory=Counter)

    def broken(self):
        """Addresses that are not there, and fragments that their page does not have."""
        for target, source in self.named_by.items():
            address, _, fragment = target.partition("#")
            if address not in self.status:
                continue
            if self.status[address] != 200:
                yield f"{source}: {target} answers {self.status[address]}"
            elif fragment and address in self.ids and unquote(fragment) not in self.ids[address]:
                yield f"{source}: {address} has no #{fragment}"


def crawl(client, starts=STARTS, is_followed=None):
    """Read all that can be reached from these addresses."""
    is_followed = is_followed or is_worth_it
    site, waiting = Crawled(), deque(starts)
    known = set(starts)
    while waiting:
        address = waiting.popleft()
        answer = client.get(address, headers={"accept": "text/html"})
        kind = answer.get("Content-Type", "").partition(";")[0]
        site.kinds[kind] += 1
        site.status[address] = 200 if _is_elsewhere(address, answer) else answer.status_code
        if answer.status_code != 200 or kind not in ("text/html", "application/xml", "text/plain"):
            continue
        text = answer.content.decode()
        if kind == "text/html":
            site.ids[address] = set(map(unescape, _IDS.findall(text)))
        for target in _targets(address, kind, text):
            site.named_by.setdefault(target, address)
            plain = target.partition("#")[0]
            if plain not in known and is_followed(plain, address):
                known.add(plain)
                waiting.append(plain)
    return site


def _is_elsewhere(address, answer):
    return address.startswith(ELSEWHERE) and answer.status_code == 302


def _targets(address, kind, text):
    """The addresses of this site that an answer names, from its root."""
    finder = {"text/html": _NAMED, "application/xml": _XML, "text/plain": _PLAIN}[kind]
    found = map(unescape, finder.findall(text))
    for link in found:
        parts = urlsplit(urljoin(f"{settings.SITE_URL}{address}", link))
        if f"{parts.scheme}://{parts.netloc}" == settings.SITE_URL and not parts.path.startswith("/static/"):
            query = f"?{parts.query}" if parts.query else ""
            yield f"{parts.path or '/'}{query}" + (f"#{parts.fragment}" if parts.fragment else "")


def is_worth_it(target, source):
    """Say whether an address is followed, as the head of this module has it."""
    path, is_query, _ = target.partition("?")
    if path.endswith(OTHER_FORMS) and crc32(path.encode()) % EVERY:
        return False
    return not is_query or ("?" not in source and (path != source or source in WHOLE))
