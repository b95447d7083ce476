"""`make shots`: a picture of each type of page, at each size and in each scheme, in `var/shots/`.

usage: python -m shots [NAME ...]        a name is one of `PAGE_TYPES`; without one, all of them
"""

import re
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright
from rich.console import Console
from rich.progress import track

import live
import needs
from bundled.page_types import PAGE_TYPES

FOLDER = live.REPOSITORY / "var" / "shots"
SIZES = {1440: 900, 768: 1024, 390: 844}
SCHEMES = ("light", "dark")


def take(url, names, folder=FOLDER):
    """Write the pictures of these types of page, as a visitor sees them first and as a whole."""
    folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=needs.chromium(), args=["--no-sandbox", "--disable-gpu"]
        )
        for name in track(names, description="Pages", disable=not sys.stdout.isatty()):
            stem = re.sub(r"\W+", "-", name)
            for width, height in SIZES.items():
                for scheme in SCHEMES:
                    page = browser.new_page(
                        viewport={"width": width, "height": height}, color_scheme=scheme, base_url=url
                    )
                    page.goto(PAGE_TYPES[name], wait_until="networkidle")
                    page.screenshot(path=folder / f"{stem}-{width}-{scheme}.png")
                    page.screenshot(path=folder / f"{stem}-{width}-{scheme}-whole.png", full_page=True)
                    page.close()
        browser.close()


def main(names):
    """Serve the site on its own and take the pictures."""
    unknown = [name for name in names if name not in PAGE_TYPES]
    if unknown:
        sys.exit(f"There is no page {', '.join(unknown)}: there is {', '.join(PAGE_TYPES)}.")
    with tempfile.TemporaryDirectory() as folder, live.running(Path(folder)) as url:
        take(url, names or list(PAGE_TYPES))
    Console().print(f"{len(list(FOLDER.glob('*.png')))} pictures are in {FOLDER}")


if __name__ == "__main__":
    main(sys.argv[1:])
