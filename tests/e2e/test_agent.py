"""An agent with HTTP alone goes from the index to a model, its price on a day and code that runs."""

import os
import re
import subprocess
import sys
import urllib.request
from dataclasses import dataclass, field
from decimal import Decimal
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest

from gateway.server import Gateway, serving
from small import FAMILY
from snippet_records import SITE, small_records
from twin_reader import code_under, read
from witnesses import SMALL_FILES, stated

pytestmark = pytest.mark.engine("sqlite")  # what a page says is the same on both
DAY = "2026-11-23"
MOST_REQUESTS = 4
KEY = "a key of the agent's own"


@dataclass
class Agent:
    """Asks only for addresses it has read, with no parameter whose name it has not read."""

    start: str
    read: str = ""
    asked: list[str] = field(default_factory=list)

    def get(self, url, **query):
        address, has_query, known = url.partition("?")
        assert not self.read or url in self.read, f"{url} was read nowhere"
        for name in query:
            assert re.search(rf"[`?&]{name}[`=]", self.read), f"{name} was read nowhere"
        url = f"{address}?{urlencode(parse_qsl(known) + list(query.items()))}" if has_query or query else url
        self.asked.append(url)
        assert len(self.asked) <= MOST_REQUESTS
        with urllib.request.urlopen(url, timeout=30) as answer:
            assert (answer.status, answer.url) == (200, url)
            text = answer.read().decode()
        self.read += text
        return text


def table(markdown, heading):
    """The rows of a section's first table, by the names of its columns."""
    _, sections = read(markdown)
    section = next(tree for name, tree in sections.items() if name.startswith(heading)) if heading else _
    heads = [head.text for head in section.first("thead").all("th")]
    return [dict(zip(heads, row, strict=True)) for row in section.rows() if len(row) == len(heads)]


def amount(said):
    found = re.search(r"\$([\d.,]+)", said)
    return Decimal(found[1].replace(",", "")) if found else None


def in_files(day):
    """The cheapest Linden that reads images, as its file states it: input price and model ID."""
    found = []
    for model in (model for file in SMALL_FILES for model in stated(file)):
        prices = [
            price
            for price in model.get("price", [])
            if price["meter"] == "input_tokens"
            and not price.get("conditions")
            and str(price["effective_from"])[:10] <= day
            and (not price.get("effective_until") or str(price["effective_until"])[:10] > day)
        ]
        sells = [price for price in prices if price["kind"] == "sell"] or prices
        retires = str(model.get("retires_on") or "9999")
        if (
            model["model_id"].startswith(FAMILY)
            and "image" in model.get("input_modalities", [])
            and sells
            and retires > day
        ):
            found.append((Decimal(str(sells[0]["amount"])), model["model_id"]))
    return min(found)


def test_an_agent_reaches_the_cheapest_of_a_family_that_sees_its_price_and_code_that_runs(
    live_site, tmp_path
):
    agent = Agent(live_site)
    index = agent.get(f"{live_site}/llms.txt")

    (example,) = re.findall(r"^- \[Models that read images[^\]]*\]\((\S+)\)", index, re.MULTILINE)
    family = re.search(r"^- \[Linden\]\((\S+)\): ", index, re.MULTILINE)[1]
    name = urlsplit(family).path.rpartition("/")[2].removesuffix(".md")
    listed = agent.get(example, family=name, at=DAY)
    cheapest = table(listed, "")[0]
    page_url = re.search(rf"\| \[[^\]]+\]\((\S+)\) \| `{re.escape(cheapest['Model ID'].text)}` ", listed)[1]

    page = agent.get(page_url, at=DAY)
    assert f"As of {DAY}T00:00:00Z." in page
    row = next(row for row in table(page, "Pricing") if row["Component"].text == "Input")
    price = amount(row["Price"].text if "Price" in row else "") or amount(row["List price"].text)
    assert (price, cheapest["Model ID"].text) == in_files(DAY)
    assert row["Unit"].text == "1M tokens"
    assert price == amount(cheapest["Input"].text)

    _, sections = read(page)
    quickstart = next(tree for heading, tree in sections.items() if heading.startswith("Quickstart"))
    heading = next(h.text for h in quickstart.all("h3") if h.text.startswith("Python"))
    code = code_under(quickstart, heading)[-1]
    assert len(agent.asked) == 3
    ran = run(code, tmp_path)
    assert ran.returncode == 0, ran.stderr
    assert f"(said by {cheapest['Model ID'].text})" in ran.stdout


def run(code, folder):
    """Run a program of a page against the reference gateway."""
    assert SITE.api_base_url in code
    with serving(Gateway(small_records(), keys={KEY})) as address:
        (folder / "main.py").write_text(code.replace(SITE.api_base_url, address))
        return subprocess.run(
            [sys.executable, "main.py"],
            cwd=folder,
            env={"PATH": os.environ["PATH"], SITE.api_key_env: KEY},
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )


def test_an_agent_that_guesses_is_caught():
    agent = Agent("http://127.0.0.1", read="see http://127.0.0.1/models.md, `q` filters")
    for url, query in (("http://127.0.0.1/prices", {}), ("http://127.0.0.1/models.md", {"sort": "price"})):
        with pytest.raises(AssertionError, match="was read nowhere"):
            agent.get(url, **query)
