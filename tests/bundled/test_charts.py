"""The charts of the bundled families, which are the densest there are."""

from datetime import UTC, datetime

import pytest

from catalog.models import Family
from catalog.records.facts import facts
from catalog.search.lookup import family_records
from drawn_labels import covered, labels

NOW = datetime(2026, 11, 23, tzinfo=UTC)


@pytest.mark.django_db
def test_no_number_covers_another_in_any_family_of_the_catalog():
    looked_at = 0
    for slug in Family.objects.values_list("slug", flat=True):
        boxes = labels([facts(record, NOW) for record in family_records(slug)])
        looked_at += len(boxes)
        assert covered(boxes) == [], slug
    assert looked_at > 40
