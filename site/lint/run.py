"""Runs all rules."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime
from urllib.parse import unquote

from django.conf import settings
from django.utils import timezone

from catalog.models import Document
from catalog.records.facts import Facts, facts
from catalog.records.plausibility import together
from catalog.records.record import read_record
from catalog.snippets import SiteSettings
from lint.crawl import CrawledSite, Progress, crawl
from lint.model_page import ModelPage
from lint.model_rules import MODEL_RULES
from lint.page_parts import PageText, sentences
from lint.page_rules import PAGE_RULES
from lint.plausible import of_family
from lint.problem import Fault
from lint.record_rules import RECORD_RULES
from lint.sample_rules import SAMPLE_RULES, OnRecord

# A sentence on more than a tenth of the models' pages, outside shared sections, is filler.
REPEATED_SHARE = 10
# On fewer pages a tenth is too small a number to mean anything.
FEWEST_PAGES = 20
SHORTEST_SENTENCE = 25

Families = dict[str, list[Facts]]


def check(at: datetime | None = None, progress: Progress | None = None) -> list[Fault]:
    """Return every problem, as of an instant or now."""
    by_family = families(at or timezone.now())
    members = [member for family in by_family.values() for member in family]
    site = crawl([member.record["path"] for member in members], progress or _silent, at)
    problems = [*records(by_family), *pages(site, on_record(members)), *models(site, by_family)]
    problems += [*links(site), *repeated(site, [member.record["path"] for member in members])]
    return sorted(set(problems))


def ask(at: datetime | None = None) -> list[Fault]:
    """Return every question: values that are possible and hardly true."""
    members = families(at or timezone.now()).values()
    doubts = (row for family in members for row in of_family(family))
    return sorted(Fault(subject, "question", text) for subject, text, _model in together(doubts))


def _silent(_done: int, _total: int) -> None:
    return None


def families(at: datetime) -> Families:
    """Return facts of all models, by family."""
    by_family: Families = defaultdict(list)
    bodies = Document.objects.order_by("variant__position", "pk").values_list("body", flat=True)
    for body in bodies.iterator():
        member = facts(read_record(body), at)
        by_family[member.record["family"]["slug"]].append(member)
    return by_family


def on_record(members: Iterable[Facts]) -> OnRecord:
    """Collect what samples may name."""
    rows = [member.record for member in members]
    return OnRecord(
        ids=frozenset(name for row in rows for name in (row["model_id"], *row["aliases"])),
        paths=frozenset(endpoint["path"] for row in rows for endpoint in row["endpoints"]),
        families=frozenset(row["family"]["slug"] for row in rows),
        api_base_url=settings.API_BASE_URL,
        key_variable=settings.API_KEY_ENV,
        site_url=settings.SITE_URL.rstrip("/"),
        skills_owner=settings.SKILLS_OWNER,
    )


def records(by_family: Families) -> Iterator[Fault]:
    """Check every record."""
    for family in by_family.values():
        for member in family:
            yield from of_record(member, family)


def of_record(this: Facts, family: list[Facts]) -> Iterator[Fault]:
    """Check one record."""
    for name, rule in RECORD_RULES.items():
        for message in rule(this, family):
            yield Fault(this.record["model_id"], name, message)


def pages(site: CrawledSite, known: OnRecord) -> Iterator[Fault]:
    """Check every page and its samples."""
    for address, html in site.html.items():
        # What has changed is quoted as it was: history cannot be mended.
        for name, rule in {} if address.startswith("/changes") else PAGE_RULES.items():
            for message in rule(site.pages[address], html):
                yield Fault(address, name, message)
    for address, page in site.pages.items():
        for name, sample_rule in SAMPLE_RULES.items():
            for message in sample_rule(page, known):
                yield Fault(address, name, message)


def models(site: CrawledSite, by_family: Families) -> Iterator[Fault]:
    """Check every model's page against its facts."""
    for family in by_family.values():
        for member in family:
            path = member.record["path"]
            if path in site.html:
                yield from of_model(site.pages[path], member, family)
            else:
                yield Fault(member.record["model_id"], "page", f"{path} answers {site.status.get(path)}")


def of_model(page: PageText, this: Facts, family: list[Facts]) -> Iterator[Fault]:
    """Check one model's page."""
    calls = SiteSettings(api_base_url=settings.API_BASE_URL, api_key_env=settings.API_KEY_ENV)
    seen = ModelPage(page, this, family, calls, site_url=settings.SITE_URL.rstrip("/"))
    for name, rule in MODEL_RULES.items():
        for message in rule(seen):
            yield Fault(page.path, name, message)


def links(site: CrawledSite) -> Iterator[Fault]:
    """Find broken links and missing fragments."""
    for target, origin in site.linked_from.items():
        address, _, fragment = target.partition("#")
        status = site.status.get(address)
        if status is not None and status >= 400:
            yield Fault(origin, "link", f"{address} answers {status}")
        page = site.pages.get(address)
        if fragment and page is not None and unquote(fragment) not in page.ids:
            yield Fault(origin, "link", f"{address} has no #{fragment}")


def repeated(site: CrawledSite, paths: Iterable[str]) -> Iterator[Fault]:
    """Find sentences repeated on many models' pages."""
    model_pages = [site.pages[path] for path in paths if path in site.pages]
    if len(model_pages) < FEWEST_PAGES:
        return
    counted: Counter[str] = Counter()
    for page in model_pages:
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
        if count * REPEATED_SHARE > len(model_pages):
            yield Fault("model pages", "repeated", f"on {count} of {len(model_pages)}: {sentence!r}")
