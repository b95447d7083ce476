"""A page says of a snippet that it has been run where the tests have run just that code, and with what."""

import json
from datetime import date

import pytest

import dom
from catalog.snippets import LANGUAGES, PLAIN, describe, digest, proofs
from catalog.snippets.proofs import FOLDER, proof_of, write_proof
from snippet_records import text_record

pytestmark = pytest.mark.django_db
SONNET = "/models/claude/sonnet-4-5-20250929"


@pytest.fixture
def known(monkeypatch, tmp_path):
    """A folder of its own for what is known, and nothing in it."""
    monkeypatch.setattr(proofs, "FOLDER", tmp_path)
    proof_of.cache_clear()
    yield tmp_path
    proof_of.cache_clear()


def said(client, language, path=SONNET):
    """The line above and the line below the code of a language."""
    page = dom.tree(client.get(path).content.decode())
    (panel,) = page.all("section", class_="snippet-tab", data_language=language)
    (setup,) = panel.all("p", class_="snippet-setup")
    return setup.text, [line.text for line in panel.all("p", class_="snippet-proof")]


def test_a_file_of_each_language_says_what_ran_it():
    assert {file.stem for file in FOLDER.iterdir()} == set(LANGUAGES)
    for language in LANGUAGES:
        proof = proof_of(language)
        assert proof.program, language
        assert len(proof.codes) > 400, language
        assert all(proof.packages.values()), language


def test_the_line_names_the_day_the_sdk_and_the_program_and_the_install_line_its_version(client):
    proof = proof_of("python")
    version = proof.packages["anthropic"]
    setup, lines = said(client, "python")
    day = f"{proof.ran_on.day} {proof.ran_on:%B %Y}"
    assert setup == f"pip install anthropic=={version} · Key from RUNAPI_KEY"
    assert lines == [f"Last run by the tests on {day} with anthropic {version} on {proof.program}."]
    assert said(client, "curl")[1] == [f"Last run by the tests on {day} with {proof_of('curl').program}."]


def test_a_site_with_another_address_and_variable_shows_the_same_snippet(client, settings):
    settings.API_BASE_URL, settings.API_KEY_ENV = "https://api.example.net/gate", "GATE_KEY"
    setup, lines = said(client, "python")
    assert setup.endswith("Key from GATE_KEY")
    assert lines


def test_nothing_is_said_of_a_snippet_that_the_file_does_not_know(client, known):
    assert said(client, "python") == ("pip install anthropic · Key from RUNAPI_KEY", [])
    write_proof("python", date(2026, 11, 24), "Python 3.11.7", {"anthropic": "2.12.0"}, ["another code"])
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
