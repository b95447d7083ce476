"""Open to everyone: axe finds nothing on any type of page, in both schemes and at both widths."""

import pytest

import needs
from live import REPOSITORY
from page_types import PAGE_TYPES

pytestmark = pytest.mark.engine("sqlite")  # what a page shows is the same on both

SIZES = {1440: 900, 390: 844}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
SCHEMES = {"light": RULES, "dark": ["color-contrast", "link-in-text-block"]}
"""What axe looks for in each: colours alone tell the dark one from the light one."""
RUN = "rules => axe.run(document, {runOnly: rules, resultTypes: ['violations']})"


@pytest.fixture(scope="module")
def axe():
    source = REPOSITORY / "tests/node/node_modules/axe-core/axe.min.js"
    if not source.exists():
        needs.cannot_run("axe-core is not installed", "npm ci in tests/node")
    return source.read_text()


def violations(page, axe, rules=RULES):
    """What axe finds on a page as it is shown now: rule and element, a line each."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(axe)
    found = page.evaluate(RUN, rules)["violations"]
    return [
        f"{rule['id']}: {node['target']} {node['html'][:120]}" for rule in found for node in rule["nodes"]
    ]


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_page_is_open_to_everyone(page, axe, name):
    page.goto(PAGE_TYPES[name], wait_until="load")
    for scheme, rules in SCHEMES.items():
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for width, height in SIZES.items():
            page.set_viewport_size({"width": width, "height": height})
            assert violations(page, axe, rules) == [], f"{name} at {width}, {scheme}"


def test_a_fault_is_found(page, axe):
    page.goto("/")
    page.evaluate("document.querySelector('main h1').outerHTML = '<h4>Pale</h4><img src=/x.png>'")
    rules = {line.partition(":")[0] for line in violations(page, axe)}
    assert {"image-alt", "page-has-heading-one"} <= rules


def test_colours_too_near_each_other_are_found_in_the_dark(page, axe):
    page.goto("/")
    page.emulate_media(color_scheme="dark", reduced_motion="reduce")
    assert violations(page, axe, SCHEMES["dark"]) == []
    page.evaluate("document.querySelector('main h1').style.color = '#202020'")
    assert "color-contrast" in str(violations(page, axe, SCHEMES["dark"]))
