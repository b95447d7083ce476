"""What a first visit to each type of page weighs on the wire, with all models, and in how many requests."""

import brotli
import pytest

from bundled.page_types import PAGE_TYPES

pytestmark = pytest.mark.engine("sqlite")  # what a page shows is the same on both

KB = 1_000
MOST_REQUESTS = 6
"""Of a page's own sheet beside the site's, one more."""
MOST = {"model": 25 * KB, "model of images": 25 * KB, "retired model": 25 * KB}
"""Bytes of a whole first visit, brotli; other pages may weigh as much as a list of many models."""
OTHERWISE = 40 * KB
MOST_SCRIPT = 6 * KB
MOST_STYLE = 9 * KB


def visit(browser, site, path):
    """Kind and brotli bytes of each thing that a first visit fetches."""
    context = browser.new_context(base_url=site, viewport={"width": 1440, "height": 900})
    page = context.new_page()
    answers = []
    page.on("response", lambda answer: answers.append(answer))  # noqa: PLW0108 - the driver wants a function
    page.goto(path, wait_until="networkidle")
    found = [
        (answer.request.resource_type, answer.url, len(brotli.compress(answer.body()))) for answer in answers
    ]
    context.close()
    return found


@pytest.mark.parametrize("name", PAGE_TYPES)
def test_a_first_visit_keeps_to_its_budget(browser, live_site, name):
    fetched = visit(browser, live_site, PAGE_TYPES[name])
    said = "\n".join(f"{size:6} {kind} {url}" for kind, url, size in fetched)
    total = {kind: sum(size for of, _, size in fetched if of == kind) for kind, _, _ in fetched}
    assert all(url.startswith(live_site) for _, url, _ in fetched), said
    assert "font" not in total, said
    assert total.get("script", 0) <= MOST_SCRIPT, said
    sheets = [size for kind, _, size in fetched if kind == "stylesheet"]
    assert max(sheets) <= MOST_STYLE, said
    assert len(fetched) <= MOST_REQUESTS + len(sheets) - 1, said
    assert sum(total.values()) <= MOST.get(name, OTHERWISE), said
