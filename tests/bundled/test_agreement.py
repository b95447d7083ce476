"""Every bundled model's file, stored facts, API answers and page agree."""

import os

import pytest

from witnesses import BUNDLED_FILES, NOON, disagreements, stated, witnesses

pytestmark = [pytest.mark.slow, pytest.mark.soak]
EVERY = int(os.environ.get("AGREEING_MODELS", "8"))
"""Of each provider's models one in so many is looked at: the same code writes the others."""


@pytest.mark.engine("sqlite")  # what a page says is the same on both
@pytest.mark.parametrize("file", BUNDLED_FILES, ids=lambda file: file.stem)
@pytest.mark.django_db
def test_all_witnesses_of_a_providers_models_agree(client, monkeypatch, file):
    monkeypatch.setattr("django.utils.timezone.now", lambda: NOON)
    looked_at = set()
    for model in [*stated(file)][::EVERY]:
        said = witnesses(client, model, looked_at=looked_at)
        found = disagreements(said)
        assert found == [], f"{model['model_id']}:\n" + "\n".join(found[:20])
        looked_at |= said.calls.keys()


def test_the_bundled_files_hold_238_models():
    ids = [model["model_id"] for file in BUNDLED_FILES for model in stated(file)]
    assert len(ids) == len(set(ids)) == 238
