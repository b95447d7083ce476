"""What Lighthouse says of six pages as a telephone loads them: the median of three runs, of 100."""

import json
import os
import shutil
import statistics
import subprocess
import tempfile
from pathlib import Path

import live
from bench.registry import CannotRunError, Row, benchmark
from runtimes.node import node

PAGES = {
    "home": "/",
    "models": "/models",
    "model": "/models/claude/sonnet-4-5-20250929",
    "compare": "/compare/claude-opus-4-8-vs-claude-sonnet-4-5-20250929",
    "pricing": "/pricing",
    "docs": "/docs/quickstart",
}
CATEGORIES = ("performance", "accessibility", "best-practices", "seo", "agentic-browsing")
RUNS, TRIES = 3, 4
FOLDER = live.REPOSITORY / "var/lighthouse"
ENTRY = "node_modules/lighthouse/cli/index.js"
INSTALL = f"npm install --prefix {FOLDER.relative_to(live.REPOSITORY)} --ignore-scripts lighthouse@13.5"
"""It is not among what the tests install: 176 MB, for this alone."""
FLAGS = "--headless=new --no-sandbox"


@benchmark
def lighthouse():
    """Lighthouse's scores of pages on a telephone, the median of three; what is missed stands in brackets."""
    entry, chromium = FOLDER / ENTRY, shutil.which("chromium")
    if not entry.is_file():
        raise CannotRunError(f"Lighthouse is not installed: {INSTALL}")
    if not chromium:
        raise CannotRunError("chromium is not installed: apt-get install chromium")
    with tempfile.TemporaryDirectory() as folder, live.running(Path(folder), WORKERS=2) as url:
        for name, path in PAGES.items():
            reports = [report(entry, chromium, f"{url}{path}") for _ in range(RUNS)]
            for category in CATEGORIES:
                score = statistics.median(score_of(one, category) for one in reports)
                missed = missing(reports[0], category) if score < 100 else ""
                yield Row(f"{name}: {category}{missed}", score, 100, "")


def report(entry, chromium, url):
    """What Lighthouse says of one page; a load of which the browser kept no trace is repeated."""
    for _ in range(TRIES):
        ran = subprocess.run(
            [node(), str(entry), url, "--quiet", "--output=json", f"--chrome-flags={FLAGS}"],
            env={**os.environ, "CHROME_PATH": chromium},
            capture_output=True,
            timeout=180,
            check=False,
        )
        if ran.returncode == 0:
            return json.loads(ran.stdout)
    raise CannotRunError(f"Lighthouse does not end: {ran.stderr.decode()[-300:]}")


def score_of(said, category):
    """A category's score, 0 to 100."""
    return round(100 * (said["categories"][category]["score"] or 0))


def missing(said, category):
    """The audits of a category that are not at their best."""
    named = [
        one["id"]
        for one in said["categories"][category]["auditRefs"]
        if one["weight"]
        and (said["audits"][one["id"]]["score"] or 0) < 1
        and said["audits"][one["id"]]["scoreDisplayMode"] not in ("notApplicable", "informative", "manual")
    ]
    return f" ({', '.join(named)})" if named else ""
