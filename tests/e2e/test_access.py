"""Open to everyone: axe finds nothing on any type of page, in both schemes and at both widths."""

import pytest

import needs
from live import REPOSITORY
from page_types import PAGE_TYPES

pytestmark = pytest.mark.engine("sqlite")  # what a page shows is the same on both

SIZES = {1440: 900, 390: 844}
SCHEMES = ("light", "dark")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def axe():
    source = REPOSITORY / "tests/node/node_modules/axe-core/axe.min.js"
    if not source.exists():
        needs.cannot_run("axe-core is not installed", "npm ci in tests/node")
    return source.read_text()


def violations(page, axe):
    """What axe finds on a page as it is shown now: rule and element, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(RUN, RULES)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_is_open_to_everyone(page, axe, name):
    page.goto(PAGE_TYPES[name], wait_until="load")
    # Each page is shown in both schemes and at both widths; which go together changes from page to page.
    sizes = [*SIZES.items()][:: -1 if [*PAGE_TYPES].index(name) % 2 else 1]
    for scheme, (width, height) in zip(SCHEMES, sizes, strict=True):
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        page.set_viewport_size({"width": width, "height": height})
        assert violations(page, axe) == [], f"{name} at {width}, {scheme}"


def test_a_fault_is_found(page, axe):
    page.goto("/")
    page.evaluate("document.querySelector('main h1').outerHTML = '<h4>Pale</h4><img src=/x.png>'")
    rules = {line.partition(":")[0] for line in violations(page, axe)}
    assert {"image-alt", "page-has-heading-one"} <= rules
