"""A model without a name is called by its family, its action and the rest of its ID, each once."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from catalog.models import Variant
from catalog.text.derived_names import derived_name
from rows import a_variant


@pytest.mark.parametrize(
    ("model_id", "actions", "name"),
    [
        ("prism-2-flex-text-to-image", ["text_to_image"], "Prism 2 Flex · text to image"),
        ("prism-2-text-to-image", ["text_to_image"], "Prism 2 · text to image"),
        ("prism-2", ["text_to_image"], "Prism 2 · text to image"),
        (
            "prism-2-turbo-v1.5-edit-image-pro",
            ["edit_image", "extend_image"],
            "Prism 2 Turbo v1.5 Pro · edit image",
        ),
        ("prism-2-max", ["edit_image", "extend_image"], "Prism 2 Max"),
        ("prism-20", ["edit_image"], "Prism 20 · edit image"),
        ("hum-1", ["text_to_speech"], "Prism 2 Hum 1 · text to speech"),
        ("text-to-speech-v2", ["text_to_speech"], "Prism 2 v2 · text to speech"),
        ("tales-v2", ["text_to_speech"], "Prism 2 Tales v2 · text to speech"),
        ("prism-2-2-0-fast", ["edit_image"], "Prism 2 2-0 Fast · edit image"),
        ("prism-3-tts", ["text_to_speech"], "Prism 3 TTS · text to speech"),
        ("prism-2-edit", ["edit_image"], "Prism 2 Edit"),
        ("prism-2-image", ["edit_image"], "Prism 2 Image · edit image"),
        ("prism-2-imagine", ["text_to_image"], "Prism 2 Imagine · text to image"),
        ("prism-2-layer-decomposition", ["decompose_layers"], "Prism 2 Layer Decomposition"),
        ("voice-isolation", ["isolate_voice"], "Prism 2 Voice Isolation"),
        ("tone-effect-v2", ["text_to_tone"], "Prism 2 Tone Effect v2"),
        ("prism-2-avatar", ["ai_avatar"], "Prism 2 Avatar"),
        ("prism-2-aria", [], "prism-2-aria"),
        (f"prism-2-{'a' * 70}", ["edit_image"], f"prism-2-{'a' * 70}"),
    ],
)
def test_a_name_is_made_of_family_action_and_the_rest_of_the_id(model_id, actions, name):
    assert derived_name(model_id, "prism-2", "Prism 2", actions) == name


@pytest.mark.django_db
def test_a_stated_name_is_read_without_the_family():
    variant = Variant.objects.get(pk=a_variant("testfam-stated", name="Well Named").pk)
    with CaptureQueriesContext(connection) as queries:
        assert variant.display_name == "Well Named"
    assert len(queries) == 0
