"""How much of what the spec sheets show is unknown."""

from collections import Counter
from datetime import UTC, datetime

import pytest

from catalog.models import Family
from catalog.presentation.wording.subject import read_site
from catalog.records.facts import facts
from catalog.search.lookup import family_records
from pages.model_context import ModelContext
from pages.parts.spec import spec_sheet

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 11, 23, tzinfo=UTC)
MOST_UNKNOWN = 0.2
"""The share of the values that a sheet could show; what does not apply to a model is no unknown one."""
WITHOUT_MEANING = "Does not apply"


def rows_shown():
    """Return label -> rows, and label -> unknown ones, over all models."""
    shown, unknown = Counter(), Counter()
    site = read_site()
    for slug in Family.objects.values_list("slug", flat=True):
        family = [facts(record, NOW) for record in family_records(slug)]
        for this in family:
            lines = spec_sheet(ModelContext(this=this, family=family, site=site)).fields
            for line in lines:
                shown.update(line.words if line.label == WITHOUT_MEANING else [line.label])
            unknown.update(line.label for line in lines if not line.known)
    return shown, unknown


def test_most_of_what_a_spec_sheet_shows_is_known():
    shown, unknown = rows_shown()
    share = unknown.total() / shown.total()
    for label, count in unknown.most_common():
        print(f"{label}: {count} of {shown[label]} unknown")  # noqa: T201
    print(f"{unknown.total()} of {shown.total()} rows unknown, {share:.1%}")  # noqa: T201
    assert share <= MOST_UNKNOWN
