"""What is on file of the bundled catalog's samples: which programs ran them, and that pages say so."""

import pytest

import dom
from catalog.snippets import LANGUAGES
from catalog.snippets.proofs import FOLDER, proof_of


def test_a_file_of_each_language_says_what_ran_it():
    assert {file.stem for file in FOLDER.iterdir()} == set(LANGUAGES)
    for language in LANGUAGES:
        proof = proof_of(language)
        assert proof.program, language
        assert len(proof.codes) > 400, language
        assert all(proof.packages.values()), language


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/models/claude/sonnet-4-5-20250929", "/models/flux-2/flex-text-to-image"])
def test_a_page_says_that_its_samples_have_been_run(client, path):
    page = dom.tree(client.get(path).content.decode())
    for language in LANGUAGES:
        (panel,) = page.all("section", class_="snippet-tab", data_language=language)
        (said,) = panel.all("p", class_="snippet-proof")
        proof = proof_of(language)
        line = f"Ran on {proof.day} against this catalog's reference gateway, with "
        package, _, version = said.text.removeprefix(line).rpartition(" ")
        assert said.text.startswith(line)
        assert said.text == f"{line}{proof.program}" or proof.packages[package] == version
