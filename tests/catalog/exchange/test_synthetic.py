"""What is made up to be measured looks like what a catalog holds: its words are known and its pages work."""

import pytest

from catalog.exchange import synthetic
from catalog.models import Variant
from catalog.vocabulary import CAPABILITIES

pytestmark = pytest.mark.django_db


@pytest.mark.slow
def test_a_made_up_model_has_words_of_the_vocabulary_and_pages(client):
    before = Variant.objects.count()
    synthetic.make(60, force=True)
    made = list(Variant.objects.order_by("pk").select_related("family__provider")[before:])
    assert len(made) == 60
    assert {word for variant in made for word in variant.capabilities} <= CAPABILITIES.keys()
    for variant in made:
        assert client.get(variant.path).status_code == 200
