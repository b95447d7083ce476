"""A change in per cent is counted in one place, and written as people say it."""

import re
from decimal import Decimal

import pytest

import live
from catalog.text.dates_and_ratios import percent, percent_words


@pytest.mark.parametrize(
    ("old", "new", "step", "words"),
    [
        ("2", "2.5", "25", "25% more"),
        ("2", "1", "-50", "50% less"),
        ("3", "2", "-33.33333333333333333333333333", "about 33.33% less"),
        ("0.000001", "1", "99999900", "99999900% more"),
        ("4", "0", "-100", "100% less"),
        ("1", "1", "0", "0% less"),
    ],
)
def test_a_change_is_counted_in_per_cent_of_the_old_amount(old, new, step, words):
    assert percent(Decimal(old), Decimal(new)) == Decimal(step)
    assert percent_words(Decimal(old), Decimal(new)) == words


def test_no_other_module_counts_per_cent():
    found = {
        str(file.relative_to(live.REPOSITORY))
        for folder in ("site", "catalog")
        for file in (live.REPOSITORY / folder).rglob("*.py")
        if re.search(r"- [\w.]+\) \* 100", file.read_text())
    }
    assert found == {"catalog/text/dates_and_ratios.py"}
