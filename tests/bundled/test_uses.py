"""What the bundled families are best for rests on what their models have."""

import pytest

from catalog.models import Document, Family
from catalog.records.record import read_record
from catalog.records.uses import rests_on

pytestmark = pytest.mark.django_db
EMPTY_WORDS = ("best", "powerful", "seamless", "cutting-edge", "leading", "amazing", "perfect", "unmatched")


def records():
    """The models of each family."""
    found = {slug: [] for slug in Family.objects.values_list("slug", flat=True)}
    for body in Document.objects.values_list("body", flat=True):
        record = read_record(body)
        found[record["family"]["slug"]].append(record)
    return found


def test_each_family_of_which_something_is_known_has_three_uses_and_no_other_has_any():
    members = records()
    counts = {family.slug: len(family.best_for) for family in Family.objects.all()}
    known = {
        slug for slug, rows in members.items() if any(row["actions"] or row["capabilities"] for row in rows)
    }
    assert len(counts) == 50
    assert {slug: count for slug, count in counts.items() if count != (3 if slug in known else 0)} == {}


def test_each_use_is_shown_for_the_models_that_have_what_it_rests_on_and_for_no_other():
    members = records()
    for family in Family.objects.all():
        for use in family.best_for:
            has = [row["model_id"] for row in members[family.slug] if rests_on(row, use["rests_on"])]
            shown = [
                row["model_id"]
                for row in members[family.slug]
                if use["title"] in [case["title"] for case in row["best_for"]]
            ]
            assert has, f"{family.slug}: nobody has {use['rests_on']}"
            assert shown == has


def test_uses_are_short_and_praise_nobody():
    for family in Family.objects.all():
        titles = [use["title"] for use in family.best_for]
        assert len(set(titles)) == len(titles), family.slug
        for use in family.best_for:
            text = f"{use['title']} {use['body']}".lower()
            assert len(use["body"].split()) <= 25
            assert not [word for word in EMPTY_WORDS if word in text.split()]
