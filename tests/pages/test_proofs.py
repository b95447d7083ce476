"""A page says of a snippet that it has been run where the tests have run just that code, and with what."""

import json
from datetime import date

import pytest
from django.core.cache import cache

import dom
from catalog.models import Document
from catalog.records.record import read_record
from catalog.snippets import LANGUAGES, PLAIN, describe, digest, proofs
from catalog.snippets.proofs import proof_of, write_proof
from small import FAMILY, TOKENS, TOKENS_PATH
from snippet_records import text_record

pytestmark = pytest.mark.django_db
DAY, PYTHON, CURL = date(2026, 11, 24), "Python 3.11.7", "curl 8.5.0"
AGAINST = "2026 against this catalog's reference gateway"


@pytest.fixture(autouse=True)
def known(monkeypatch, tmp_path):
    """A folder of its own for what is known, and nothing in it."""
    monkeypatch.setattr(proofs, "FOLDER", tmp_path)
    proof_of.cache_clear()
    yield tmp_path
    proof_of.cache_clear()


@pytest.fixture
def ran():
    """On file is that the model's samples have run in two of the languages."""
    record = read_record(Document.objects.get(variant__model_id=TOKENS).body)
    for language, program, packages in (("python", PYTHON, {"anthropic": "2.12.0"}), ("curl", CURL, {})):
        codes = [LANGUAGES[language](request, PLAIN).code for request in describe(record)]
        write_proof(language, DAY, program, packages, codes)


def said(client, language, path=TOKENS_PATH):
    """The line above and the line below the code of a language."""
    page = dom.tree(client.get(path).content.decode())
    (panel,) = page.all("section", class_="snippet-tab", data_language=language)
    (setup,) = panel.all("p", class_="snippet-setup")
    return setup.text, [line.text for line in panel.all("p", class_="snippet-proof")]


@pytest.mark.slow
def test_the_line_names_the_day_the_sdk_and_the_program_and_the_install_line_its_version(client, ran):
    setup, lines = said(client, "python")
    assert setup == "pip install anthropic==2.12.0 · Key from RUNAPI_KEY"
    assert lines == [f"Ran on 24 November {AGAINST}, with anthropic 2.12.0"]
    assert said(client, "curl")[1] == [f"Ran on 24 November {AGAINST}, with {CURL}"]
    assert said(client, "ruby")[1] == []


def test_the_twin_says_the_same_and_the_line_links_what_it_means(client, ran, settings):
    twin = client.get(f"{TOKENS_PATH}.md").content.decode()
    assert (
        "Ran on 24 November 2026 against this catalog's "
        f"[reference gateway]({settings.SITE_URL}/docs/verified-samples.md), with anthropic 2.12.0\n"
    ) in twin
    page = dom.tree(client.get(TOKENS_PATH).content.decode())
    (line, *_) = page.all("p", class_="snippet-proof")
    assert [link.attributes["href"] for link in line.all("a")] == ["/docs/verified-samples"]
    assert client.get("/docs/verified-samples").status_code == 200


def test_the_skill_of_a_family_says_it_of_its_calls(client):
    records = [read_record(row.body) for row in Document.objects.filter(variant__family__slug=FAMILY)]
    codes = [LANGUAGES["python"](request, PLAIN).code for record in records for request in describe(record)]
    write_proof("python", DAY, PYTHON, {"anthropic": "2.12.0"}, codes)
    cache.clear()  # another test may have written this skill before
    calls = client.get(f"/skills/{FAMILY}/references/calls.md").content.decode()
    assert f"ran on 24 November {AGAINST}, with anthropic 2.12.0:\n" in calls


def test_a_site_with_another_address_and_variable_shows_the_same_snippet(client, ran, settings):
    settings.API_BASE_URL, settings.API_KEY_ENV = "https://api.example.net/gate", "GATE_KEY"
    setup, lines = said(client, "python")
    assert setup.endswith("Key from GATE_KEY")
    assert lines


def test_nothing_is_said_of_a_snippet_that_the_file_does_not_know(client):
    assert said(client, "python") == ("pip install anthropic · Key from RUNAPI_KEY", [])
    write_proof("python", DAY, PYTHON, {"anthropic": "2.12.0"}, ["another code"])
    proof_of.cache_clear()
    assert said(client, "python") == ("pip install anthropic · Key from RUNAPI_KEY", [])


def test_the_same_facts_are_written_in_the_same_bytes(known):
    codes = [
        render(request, PLAIN).code for request in describe(text_record()) for render in LANGUAGES.values()
    ]
    write_proof("python", date(2026, 11, 24), "Python 3.11.7", {"b": "2", "a": "1"}, codes)
    first = (known / "python.json").read_bytes()
    write_proof(
        "python", date(2026, 11, 24), "Python 3.11.7", {"a": "1", "b": "2"}, [*reversed(codes), codes[0]]
    )
    assert (known / "python.json").read_bytes() == first
    assert json.loads(first)["codes"] == sorted({digest(code) for code in codes})
