"""What a visitor does who tries a call: opens the panel, gives a key, sends, and reads."""

from small import TOKENS_PATH

KEY = "canary-7f3a9c-key"
STREAM = f"{TOKENS_PATH}?call=anthropic-messages&option=streaming"
PICTURE = "/models/prism-2/flex-text-to-image"


def opened(page, path, key=KEY):
    """Open a page and its panel, and put the key into its field."""
    assert page.goto(path).status == 200
    page.locator(".snippet-key input").fill(key)
    page.locator(".try-it > summary").click()
    page.locator(".try-it-send:enabled").wait_for()


def send(page, body=None):
    """Send the call, with another body if one is given, and give what is said when it has ended."""
    if body is not None:
        page.locator(".try-it-body").fill(body)
    page.locator(".try-it-send").click()
    page.locator(".try-it-send:visible").wait_for(timeout=20_000)
    return page.locator(".try-it-status").inner_text()


def shown(page, part):
    return page.locator(f".try-it-{part}").inner_text()
