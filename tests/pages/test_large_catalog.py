"""Pages that list families and providers are bounded: ten times the catalog is not a larger page."""

import tracemalloc
from datetime import timedelta

import pytest
from django.conf import settings
from django.utils import timezone

from catalog.models import Family, Provider, Revision, StatusEvent, Variant
from catalog.publishing.publish import publish
from catalog.search import family_lists
from catalog.vocabulary import ChangeKind, Modality, Origin
from dom import tree
from pages.views import providers
from rows import a_variant
from small import FAMILY, MAKER
from twin_reader import read

# What a page says is the same on both.
pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite"), pytest.mark.slow]

PAGES = ("/", "/index.md", "/status", "/status.md", "/providers", "/providers.md", "/skills", "/skills.md")
KINDS = (*Modality.values, "")
OF_ONE = 40
"""So many families has the first of the made-up providers."""


def enlarge(count, start=0):
    """Add so many families with a model each, of ever more providers and of each kind of content in turn."""
    numbers = range(start, start + count)
    makers = {0 if n < OF_ONE else n // 5 for n in numbers}
    known = set(Provider.objects.values_list("slug", flat=True))
    made = [Provider(slug=f"maker-{n:05}", name=f"Maker {n:05}") for n in sorted(makers)]
    Provider.objects.bulk_create(one for one in made if one.slug not in known)
    pks = dict(Provider.objects.values_list("slug", "pk"))
    families = Family.objects.bulk_create(
        Family(
            slug=f"line-{n:05}",
            name=f"Line {n:05}",
            modality=KINDS[n % len(KINDS)],
            provider_id=pks[f"maker-{0 if n < OF_ONE else n // 5:05}"],
        )
        for n in numbers
    )
    Variant.objects.bulk_create(
        Variant(family=family, slug="one", model_id=f"{family.slug}-one", lifecycle="active")
        for family in families
    )


def spent(client, address):
    """The size of a page and the memory that it took, in bytes."""
    client.get(address)
    tracemalloc.start()
    answer = client.get(address)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert answer.status_code == 200, address
    return len(answer.content), peak


def test_ten_times_the_catalog_is_no_larger_page_and_takes_no_more_memory_and_queries(
    client, django_assert_max_num_queries
):
    enlarge(300)
    before = {address: spent(client, address) for address in PAGES}
    enlarge(2_700, start=300)
    for address in PAGES:
        with django_assert_max_num_queries(20):
            client.get(address)
        size, peak = spent(client, address)
        assert size <= before[address][0] * 1.5, (address, size, before[address])
        assert peak <= before[address][1] * 1.5, (address, peak, before[address])


def test_a_catalog_of_a_hundred_families_is_shown_whole(client):
    enlarge(100 - Family.objects.count())
    slugs = set(Family.objects.values_list("slug", flat=True))
    for address, prefix in (("/", "/models/"), ("/providers", "/models/"), ("/skills", "/skills/")):
        page = tree(client.get(address).content)
        assert slugs <= linked(page, prefix), address
        assert page.first("nav", class_="pager") is None
    status = tree(client.get("/status").content)
    assert len(status.all("svg")) >= Family.objects.filter(slug__startswith="line-").count()
    assert status.first("nav", class_="pager") is None


def linked(page, prefix):
    """The ends of the links that begin so."""
    links = (link.attributes.get("href", "") for link in page.all("a"))
    return {link.removeprefix(prefix) for link in links if link.startswith(prefix)}


def test_the_first_page_names_the_largest_families_of_a_kind_and_says_how_many_more_there_are(client):
    enlarge(400)
    large = Family.objects.get(slug="line-00399")
    Variant.objects.bulk_create(
        Variant(family=large, slug=f"s{n}", model_id=f"large-{n}", lifecycle="active") for n in range(3)
    )
    kind = large.modality or "unknown"
    of_kind = Family.objects.filter(modality=large.modality)
    section = tree(client.get("/").content).one("section", aria_labelledby=f"families-{kind}")
    items = section.all("li")
    assert len(items) == family_lists.LARGEST + 1
    assert large.name in section.text
    assert items[-1].text == f"{of_kind.count() - family_lists.LARGEST} more, by provider"
    assert items[-1].one("a").attributes["href"] == "/providers"
    said = client.get("/index.md").content.decode()
    assert f"[{of_kind.count() - family_lists.LARGEST} more, by provider](" in said


@pytest.mark.parametrize(
    ("path", "prefix"), [("/status", "/models/"), ("/skills", "/skills/"), ("/providers", "/providers/")]
)
def test_each_page_of_a_list_names_others_and_all_of_them_name_all(client, path, prefix):
    enlarge(300)
    kind = Provider if path == "/providers" else Family
    wanted = set(kind.objects.filter(slug__contains="0").values_list("slug", flat=True))
    seen, address, pages = set(), path, 0
    while address:
        page = tree(client.get(address).content)
        names = linked(page.one("main"), prefix) & wanted
        assert names, address
        assert not names & seen, address
        seen |= names
        pages += 1
        following = page.first("a", class_="pager-next")
        address = following.attributes["href"] if following else ""
    assert pages > 1
    assert seen == wanted
    beyond = client.get(f"{path}?page=999").content.decode()
    assert f"Page {pages} of {pages}" in beyond
    assert f'rel="canonical" href="{settings.SITE_URL}{path}?page={pages}"' in beyond


@pytest.mark.parametrize("path", ["/providers", "/skills"])
def test_a_page_of_a_list_names_the_same_in_both_forms(client, path):
    enlarge(300)
    html = [link.text for link in tree(client.get(f"{path}?page=2").content).one("main").all("a")]
    markdown = client.get(f"{path}.md?page=2").content.decode()
    page, _sections = read(markdown)
    assert "Page 2 of " in markdown
    said = [link.text for link in page.all("a")]
    assert (
        [text for text in html if text.startswith(("Line", "Maker"))]
        == [text for text in said if text.startswith(("Line", "Maker"))]
        != []
    )


def test_of_a_provider_with_many_families_the_rest_is_counted_and_on_its_own_page(client):
    enlarge(300)
    page = tree(client.get("/providers?page=2").content)
    if "Maker 00000" not in page.text:
        page = tree(client.get("/providers").content)
    (card,) = [card for card in page.all("li", class_="card") if "Maker 00000" in card.text]
    chips = card.all("a", class_="chip")
    assert len(chips) == family_lists.OF_A_PROVIDER
    rest = card.all("a")[-1]
    assert rest.text == f"and {OF_ONE - family_lists.OF_A_PROVIDER} more"
    assert rest.attributes["href"] == "/providers/maker-00000"
    said = client.get("/providers.md").content.decode() + client.get("/providers.md?page=2").content.decode()
    assert f"[and {OF_ONE - family_lists.OF_A_PROVIDER} more](" in said


def test_the_families_with_trouble_come_first_the_worst_before_the_others(client):
    enlarge(300)
    now = timezone.now()
    for slug, severity, days in (("line-00290", "degraded", 3), ("line-00280", "outage", 60)):
        StatusEvent.objects.create(
            variant=Variant.objects.get(family__slug=slug),
            severity=severity,
            message="x",
            started_at=now - timedelta(days=days),
            ended_at=now - timedelta(days=days - 1),
        )
    Variant.objects.filter(family__slug="line-00270").update(lifecycle="retired")
    page = tree(client.get("/status").content).one("section", aria_labelledby="days")
    bars = page.all("ul", class_="day-bars")[0].all("li")
    assert [bar.one("a").text for bar in bars] == ["Line 00280", "Line 00290"]
    quiet = Family.objects.filter(variants__isnull=False).distinct().count() - 3
    assert f"{quiet} families without trouble" in page.text
    assert len(page.all("svg")) == 100
    second = tree(client.get("/status?page=2").content).one("section", aria_labelledby="days")
    assert len(second.all("svg")) == 100
    assert "Line 00280" not in second.text
    known = Variant.objects.get(family__slug="line-00290")
    with publish(actor=None, origin=Origin.ADMIN, reason="Seen") as edition:
        edition.record(ChangeKind.ADDED, known, f"{known} added")
    Revision.objects.update(at=now - timedelta(days=10))
    bar = tree(client.get("/status").content).all("ul", class_="day-bars")[0].all("li")[1]
    assert "of 11 on record" in bar.text


def test_pages_keep_the_instant_that_is_shown(client):
    enlarge(300)
    page = tree(client.get("/status?at=2026-11-24").content)
    assert page.one("a", class_="pager-next").attributes["href"] == "/status?at=2026-11-24&page=2"


def test_a_family_that_a_large_provider_has_no_room_for_leads_to_its_models_and_is_not_called_empty(
    client, monkeypatch
):
    monkeypatch.setattr(providers, "MOST_MODELS", 3)
    large = Family.objects.get(slug=FAMILY)
    Family.objects.create(slug="zelkova", name="Zelkova", provider=large.provider)
    a_variant("zelkova-1", family=Family.objects.get(slug="zelkova"), slug="1")
    for address in (f"/providers/{MAKER}", f"/providers/{MAKER}.md"):
        text = client.get(address).content.decode()
        assert "No model of this family is served" not in text, address
        assert "/models?family=zelkova" in text.replace(".md?", "?"), address
        assert f"/models?family={FAMILY}" in text.replace(".md?", "?"), address
