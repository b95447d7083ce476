"""In a real browser "Copy page" copies the Markdown of the page, and without a clipboard it leads there."""

from urllib.parse import parse_qs, urlsplit

import pytest

from small import TOKENS_PATH


@pytest.mark.parametrize("path", [TOKENS_PATH, "/pricing", "/docs/quickstart", "/"])
def test_copy_page_copies_the_markdown_and_says_so(page, path):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(path)
    page.get_by_role("link", name="Copy page").click()
    page.get_by_text("Page copied as Markdown", exact=True).wait_for(state="attached")
    copied = page.evaluate("navigator.clipboard.readText()")
    source = page.request.get(f"{path}.md" if path != "/" else "/index.md").text()
    assert copied == source
    assert page.url.endswith(path)


def test_the_menu_passes_the_address_of_the_markdown(page, live_site):
    page.goto(TOKENS_PATH)
    page.get_by_label("More ways to use this page").click()
    for name, host in (("Open in Claude", "claude.ai"), ("Open in ChatGPT", "chatgpt.com")):
        parts = urlsplit(page.get_by_role("link", name=name).get_attribute("href"))
        assert parts.netloc == host
        assert f"{TOKENS_PATH}.md" in parse_qs(parts.query)["q"][0]
    page.get_by_role("link", name="View as JSON").click()
    assert page.url.endswith(f"{TOKENS_PATH}.json")


def test_without_javascript_the_link_leads_to_the_markdown(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    opened = context.new_page()
    opened.goto(TOKENS_PATH)
    assert opened.get_by_role("link", name="Copy page").get_attribute("href") == f"{TOKENS_PATH}.md"
    context.close()
