"""A use is shown where the model has what it rests on."""

import pytest

from catalog.models import Family, Variant
from catalog.publishing.publish import publish
from catalog.records.record import read_record
from catalog.records.uses import rests_on, uses_of
from catalog.vocabulary import Origin
from factories import a_record
from small import FAMILY, TOKENS

USE = {"title": "Agents", "body": "Calls *functions*.", "rests_on": "tool_call"}


@pytest.mark.parametrize(
    ("word", "changed"),
    [
        ("tool_call", {"capabilities": ["tool_call"]}),
        ("text_to_image", {"actions": ["text_to_image"]}),
        ("long_context", {"context_window": 200_000}),
        ("embeddings", {"does_not_apply": ["output_modalities"]}),
    ],
)
def test_a_use_rests_on_a_capability_an_action_a_long_context_or_embeddings(word, changed):
    assert rests_on(a_record(**changed), word)
    assert not rests_on(a_record(context_window=199_999), word)
    assert not uses_of(a_record(), [{**USE, "rests_on": word}])


@pytest.mark.django_db
def test_a_familys_use_reaches_the_records_of_the_models_that_have_it():
    family = Family.objects.get(slug=FAMILY)
    with publish(actor=None, origin=Origin.ADMIN, reason="") as edition:
        edition.change(family, {"best_for": [USE, {**USE, "title": "Songs", "rests_on": "text_to_music"}]})
    record = read_record(Variant.objects.get(model_id=TOKENS).document.body)
    assert "tool_call" in record["capabilities"]
    assert [(case["title"], case["body_html"]) for case in record["best_for"]] == [
        ("Agents", "<p>Calls <em>functions</em>.</p>")
    ]
