"""Samples of models that answer with a picture save it, in every language."""

import pytest

import languages
from catalog.snippets import describe, languages_of
from catalog.snippets.pictures import saves_picture
from catalog.snippets.sample_values import PROMPTS
from gateway.made_files import content
from gateway.server import Answer, Gateway
from gateway_calls import AT
from snippet_proofs import faults, prove
from snippet_records import gemini_record, text_record

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

language = languages.language
PICTURED = gemini_record("castor-image-1") | {
    "output_modalities": ["text", "image"],
    "capabilities": ["streaming", "reasoning"],
}

BLOCKED = {
    "basic": {"promptFeedback": {"blockReason": "PROHIBITED_CONTENT"}},
    "thinking": {"candidates": [{"index": 0, "finishReason": "IMAGE_SAFETY"}]},
}
"""What a prompt, and what a picture that may not be shown, is answered."""


class Blocking(Gateway):
    """A gateway that makes no picture."""

    def _answer(self, record, route, arrival):
        option = "thinking" if "thinkingConfig" in str(arrival.body) else "basic"
        return Answer(BLOCKED[option])


def test_a_picture_within_an_answer_is_saved_byte_for_byte(language, tmp_path):
    requests = [each for each in describe(PICTURED) if language in languages_of(each)]
    proofs = prove(Gateway([PICTURED], AT), requests, language, tmp_path)
    assert faults(proofs) == {}
    saved = {proof.request.option: proof.place / "output.png" for proof in proofs}
    assert saved["basic"].read_bytes() == saved["thinking"].read_bytes() == content("castor-image-1")
    assert "sorry" in proofs[0].run.out or language == "curl"


def test_an_answer_without_a_picture_ends_the_sample_with_what_it_says(language, tmp_path):
    requests = [each for each in describe(PICTURED) if each.option in BLOCKED]
    proofs = prove(Blocking([PICTURED], AT), requests, language, tmp_path)
    for proof, reason in zip(proofs, ("PROHIBITED_CONTENT", "IMAGE_SAFETY"), strict=True):
        assert proof.run.status == 1  # a panic of Go would be 2
        assert reason in proof.run.err
        assert not (proof.place / "output.png").exists()


def test_a_model_that_makes_pictures_is_asked_for_one():
    (text,) = {str(each.body["contents"]) for each in describe(PICTURED) if each.option == "basic"}
    assert PROMPTS["text_to_image"] in text


def test_no_sample_of_a_text_model_looks_for_a_picture():
    assert not any(saves_picture(each) for each in [*describe(gemini_record()), *describe(text_record())])
    assert {each.option for each in describe(PICTURED) if saves_picture(each)} == {"basic", "thinking"}
