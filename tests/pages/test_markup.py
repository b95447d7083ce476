"""Validators find nothing wrong with any type of page, nor TypeScript with what it says to programs."""

import json

import pytest

import hostile
import markup_checkers
from catalog.models import Family, Provider, Variant
from catalog.publishing.publish import publish
from catalog.vocabulary import ChangeKind, Origin
from dom import tree
from page_types import PAGE_TYPES

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.engine("sqlite"),  # what a page says is the same on both
    pytest.mark.programs,
]
EVERY = 10
"""One in so many models is read besides."""
MORE = {"price": "/prices/1", "as of a day": "/models/linden?at=2026-01-01", "second page": "/models?page=2"}
PLANTED = {
    "w3c": "<p><div>a block in a paragraph</div></p>",
    "html_validate": '<button>without a type</button><p id="content">an id twice</p>',
}


@pytest.fixture
def pages(client, tmp_path):
    """A file of each page."""
    models = {one.model_id: one.path for one in Variant.objects.select_related("family")[::EVERY]}
    found = []
    for name, path in {**PAGE_TYPES, **MORE, **models}.items():
        answer = client.get(path)
        assert answer.status_code == (404 if name == "nothing there" else 200), path
        file = tmp_path / f"{''.join(mark if mark.isalnum() else '-' for mark in name)}.html"
        file.write_bytes(answer.content)
        found.append(file)
    return found


def test_no_validator_finds_a_fault_in_any_page(pages, tmp_path):
    assert markup_checkers.w3c(pages) == []
    assert markup_checkers.html_validate(pages, tmp_path) == []


def test_the_types_of_schema_org_hold_for_what_pages_say(pages, tmp_path):
    graphs = {}
    for file in pages:
        script = tree(file.read_text()).first("script", type="application/ld+json")
        if script:
            graphs[file.stem] = json.loads(script.raw)
    assert len(graphs) > 15
    assert markup_checkers.schema_org(graphs, tmp_path) == []


def test_each_validator_sees_a_fault_that_is_planted(client, tmp_path):
    text = client.get("/providers").content.decode()
    for name, fault in PLANTED.items():
        (tmp_path / f"{name}.html").write_text(text.replace("</main>", f"{fault}</main>"))
    assert "div" in "".join(markup_checkers.w3c([tmp_path / "w3c.html"]))
    said = "".join(markup_checkers.html_validate([tmp_path / "html_validate.html"], tmp_path))
    assert "no-implicit-button-type" in said
    assert "no-dup-id" in said


@pytest.mark.parametrize(
    "thing",
    [
        {"@type": "Offer", "priceSpecification": {"@type": "UnitPriceSpecification", "price": {"no": 1}}},
        {"@type": "Offr", "name": "Input"},
        {"@type": "FAQPage", "mainEntity": [{"@type": "Question", "acceptedAnswer": {"@type": "Answr"}}]},
        {"@type": "BreadcrumbList", "itemListElement": [{"@type": "ListItem", "position": {"no": 1}}]},
        {"@type": "Product", "productId": "linden"},
    ],
)
def test_a_thing_that_is_not_schema_orgs_is_found(tmp_path, thing):
    graph = {"@context": "https://schema.org", "@graph": [thing]}
    assert markup_checkers.schema_org({"planted": graph}, tmp_path)


def test_names_that_have_broken_other_sites_leave_pages_whole(client, tmp_path):
    paths = ["/models/hostile", "/providers/hostile", "/changes"]
    with publish(actor=None, origin=Origin.FILE, reason="") as edition:
        provider = edition.add(Provider(slug="hostile", name="</title><b>"))
        family = edition.add(Family(provider=provider, slug="hostile", name='"><img src=x>'))
        for number, name in enumerate(hostile.entries("markdown")):
            row = Variant(family=family, model_id=f"hostile-{number}", slug=str(number), name=name[:200])
            edition.record(ChangeKind.CATALOG, edition.add(row), "added", after=name)
            paths.append(row.path)
    files = []
    for number, path in enumerate(paths):
        answer = client.get(path)
        assert answer.status_code == 200, path
        files.append(tmp_path / f"{number}.html")
        files[-1].write_bytes(answer.content)
    assert markup_checkers.w3c(files) == []
    assert markup_checkers.html_validate(files, tmp_path) == []
