"""Which statement about the end of a model holds, among platforms and sources that contradict each other."""

from datetime import date

import pytest

from catalog.records.end_of_life import Ending, check_platform, contradictions, ending, governing


def said(platform="vendor", **stated):
    return {"platform": platform, "trust": "vendor", "source_label": "a page", **stated}


def test_the_vendors_api_governs_and_other_platforms_do_not():
    rows = [
        said("vertex", retires_on="2026-10-20", firmness="committed"),
        said("other: Novita", retires_on="2026-08-19", firmness="committed", trust="aggregator"),
    ]
    assert ending(rows) == Ending()
    rows.append(said(retires_on="2026-12-01", firmness="committed", trust="aggregator"))
    assert ending(rows).retires_on == date(2026, 12, 1)


def test_what_the_site_says_of_itself_governs_alone():
    rows = [
        said(retires_on="2026-11-30", firmness="committed", lifecycle="deprecated"),
        said("own", lifecycle="active", trust=None),
    ]
    assert ending(rows) == Ending(lifecycle="active")


def test_the_more_trusted_source_holds_then_the_later_one():
    rows = [
        said(retires_on="2027-03-15", firmness="committed", trust="aggregator", read_on="2026-11-29"),
        said(retires_on="2026-10-02", firmness="committed", read_on="2026-09-22 or later"),
        said(retires_on="2026-10-09", firmness="committed", read_on="2026-08-22"),
        said(retires_on="2026-10-05", firmness="committed", read_on="2026-09"),
        said(retires_on="2026-10-30", firmness="committed", read_on="undated"),
    ]
    assert ending(rows).retires_on == date(2026, 10, 2)
    assert [row["retires_on"] for row in contradictions(rows, "retires_on")] == [
        "2026-10-05",
        "2026-10-09",
        "2026-10-30",
        "2027-03-15",
    ]


def test_an_earliest_day_never_retires():
    rows = [said(retires_on="2026-10-15", firmness="earliest", lifecycle="active")]
    assert ending(rows) == Ending(lifecycle="active", retires_not_before=date(2026, 10, 15))
    rows.append(said(retires_on="2027-01-22", firmness="committed", trust="sdk"))
    assert ending(rows) == Ending(lifecycle="active", retires_on=date(2027, 1, 22))


def test_each_field_is_the_first_that_is_stated():
    rows = [
        said(lifecycle="deprecated", read_on="2026-09"),
        said(deprecated_on="2026-08-26", read_on="2026-08"),
        said(replacements=["beacon-2-live", "beacon-2"], trust="aggregator"),
    ]
    assert ending(rows) == Ending(
        lifecycle="deprecated",
        deprecated_on=date(2026, 8, 26),
        replacements=("beacon-2-live", "beacon-2"),
    )


def test_retired_needs_somebody_who_saw_it():
    assert ending([said(lifecycle="retired")]).lifecycle is None
    assert ending([said(lifecycle="retired", firmness="observed")]).lifecycle == "retired"


def test_a_notice_after_the_end_is_left_out():
    rows = [
        said(retires_on="2026-10-02", firmness="committed"),
        said(deprecated_on="2026-12-01", trust="aggregator"),
    ]
    assert ending(rows) == Ending(retires_on=date(2026, 10, 2))


def test_the_order_of_rows_does_not_matter():
    rows = [said(source_label=label, read_on="2026-10") for label in "cab"]
    assert [row["source_label"] for row in governing(rows)] == ["a", "b", "c"]


@pytest.mark.parametrize("word", ["own", "vendor", "bedrock", "other: Novita"])
def test_a_platform_is_known_or_named(word):
    assert check_platform(word) == word


@pytest.mark.parametrize("word", ["aws", "other", "other: ", "Vendor API"])
def test_another_word_is_refused_with_the_known_ones(word):
    with pytest.raises(ValueError, match="use one of own, vendor, bedrock, vertex, azure, or 'other: NAME'"):
        check_platform(word)
