"""Lines about families and models for llms.txt."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count
from django.db.models.functions import Lower

from catalog.models import Document, Family
from catalog.models.variant import retired
from catalog.presentation.wording import markdown, overview
from catalog.presentation.wording.subject import read_site
from catalog.records.facts import Facts, facts, next_boundary
from catalog.records.phrases import NOT_STATED_PROVIDER, count
from catalog.records.record import read_record
from catalog.vocabulary import Modality
from pages import markdown_pages
from pages.model_context import ModelContext
from pages.parts import priced_components, prices, spec
from pages.parts.family import short_price


@dataclass(frozen=True, slots=True)
class Members:
    """Models at an instant, by family, and when one next reads differently."""

    by_family: dict[str, list[Facts]]
    boundary: datetime | None

    @property
    def all(self) -> list[Facts]:
        """Return all models."""
        return [one for members in self.by_family.values() for one in members]


def members(at: datetime, family_slug: str = "") -> Members:
    """Read the models of all families or one; one query."""
    documents = Document.objects.order_by(Lower("variant__family__name"), "variant__position", "pk")
    if family_slug:
        documents = documents.filter(variant__family__slug=family_slug)
    by_family: defaultdict[str, list[Facts]] = defaultdict(list)
    boundaries = []
    for body in documents.values_list("body", flat=True):
        record = read_record(body)
        by_family[record["family"]["slug"]].append(facts(record, at))
        if boundary := next_boundary(record, at):
            boundaries.append(boundary)
    return Members(dict(by_family), min(boundaries, default=None))


def link(title: str, path: str, note: str = "", *, is_twin: bool = True) -> str:
    """Return one line of an index."""
    path, mark, query = path.partition("?")
    target = f"{markdown_pages.suffixed(path, 'md') if is_twin else path}{mark}{query}"
    named = markdown.text(title) or markdown.text(
        markdown_pages.quoted(path)
    )  # a name may be of no visible sign
    line = f"- [{named}]({markdown.address(target, read_site().url)})"
    return f"{line}: {note}" if note else line


def family_lines(at: datetime) -> list[str]:
    """List the families by name."""
    site = read_site().url
    rows = (
        Family.objects.select_related("provider")
        .annotate(models=Count("variants", filter=~retired(at, "variants__")))
        .order_by(Lower("name"))
    )
    lines = []
    for family in rows:
        provider = family.provider
        maker = "" if provider.slug == NOT_STATED_PROVIDER else f" by {markdown.text(provider.display_name)}"
        path = family_path(family.slug)
        index = markdown.address(f"{path}/llms.txt", site)
        text = f"{count(getattr(family, 'models', 0), 'model')}{maker}, [index]({index})"
        lines.append(link(family.display_name, path, text))
    return lines


def model_lines(models: Iterable[Facts]) -> list[str]:
    """List models by ID, each with its price in short."""
    lines = []
    for one in models:
        price = short_price(one)
        unit = f" per {price.unit}" if price.unit else ""
        words = [f"{price.text}{unit}", price.note]
        lines.append(
            link(one.record["model_id"], one.record["path"], markdown.text(", ".join(filter(None, words))))
        )
    return lines


def by_modality(models: Sequence[Facts]) -> list[tuple[str, list[Facts]]]:
    """Group models by modality, retired ones last."""
    labels = {str(word): str(label) for word, label in Modality.choices}
    groups: defaultdict[str, list[Facts]] = defaultdict(list)
    for one in models:
        groups["retired" if one.is_retired else one.record["modality"] or ""].append(one)
    named = [(f"{label} models", groups[word]) for word, label in labels.items()]
    named += [("Models whose modality is not stated", groups[""]), ("Retired models", groups["retired"])]
    return [(label, rows) for label, rows in named if rows]


def family_path(slug: str) -> str:
    """Return a family's path."""
    return f"/models/{markdown_pages.quoted(slug)}"


def brief(this: Facts, family: list[Facts]) -> str:
    """Return a model's summary, prices and spec sheet."""
    context = ModelContext(this=this, family=family, site=read_site())
    record, site = this.record, read_site().url
    lines = [
        f"### {markdown.text(record['name'])}",
        "",
        f"{markdown.text(overview.summary(this))} [Page]({markdown.address(record['path'], site)}.md)",
        "",
    ]
    sheet = spec.spec_sheet(context).fields
    for row in sheet:
        write = markdown.code if row.is_code else markdown.text
        lines += [f"- {row.label}: {', '.join(map(write, row.words))}"] if row.known else []
    table = prices.pricing(context)
    for group in table.groups:
        lines += [_price(line, group.heading) for line in group.lines]
    lines += [_price(line, line.action, "Announced: ") for line in table.announced]
    return "\n".join(lines)


def _price(line: priced_components.PricedComponent, action: str, before: str = "") -> str:
    named = ", ".join(filter(None, [action, line.component, *line.conditions]))
    since = "on record since" if line.is_read else "since"
    until = f", until {line.until}" if line.until else ""
    amounts = f"price {line.sell.words}, list price {line.listed.words}, per {line.unit}"
    text = f"{amounts}, {since} {line.since}{until}"
    return f"- {before}{markdown.text(named)}: {markdown.text(text)}"
