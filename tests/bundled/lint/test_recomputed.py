"""Defects planted in the code that computes what pages say: the lint works it out in code of its own."""

from dataclasses import replace
from datetime import date, timedelta

import catalog.snippets
from catalog.comparison import price_differences
from catalog.records import field_types
from catalog.snippets import describe
from catalog.text.dates_and_ratios import spoken

SEED = "claude-sonnet-4-5-20250929"
SIBLING = "claude-sonnet-4-6"
DEARER = "claude-haiku-4-5-20251001"


def rules(problems):
    return {problem.rule for problem in problems}


def test_a_wrong_ratio_in_a_difference_is_reported(lint, monkeypatch):
    assert lint.model(DEARER) == []
    monkeypatch.setattr(price_differences, "percent", lambda old, new: (new - old) * 100 / new)
    found = lint.as_rendered(DEARER)
    assert rules(found) == {"ratio"}
    assert "% less' is not how" in found[0].message


def test_a_ratio_the_wrong_way_around_is_reported(lint, monkeypatch):
    monkeypatch.setattr(price_differences, "_against", lambda this, other: "50% less")
    assert "ratio" in rules(lint.as_rendered(SEED))


def test_a_day_shifted_by_a_time_zone_is_reported(lint, monkeypatch):

    def the_day_before(day):
        return spoken(str(date.fromisoformat(day) - timedelta(days=1))) if len(day) == 10 else spoken(day)

    monkeypatch.setattr(field_types, "spoken", the_day_before)
    found = lint.as_rendered(SEED)
    assert "day" in rules(found)
    assert any("Released is '28 September 2025', on record 2025-09-29" in each.message for each in found)


def test_the_sample_of_another_model_is_reported(lint, monkeypatch):
    """Both the page and what the lint compares it with come from the same wrong code."""

    def of_the_sibling(record):
        for request in describe(record):
            body = {**request.body, **({"model": SIBLING} if "model" in request.body else {})}
            yield replace(request, model_id=SIBLING, body=body)

    monkeypatch.setattr(catalog.snippets, "describe", of_the_sibling)
    html = lint.html(lint.path(SEED)).replace(SEED, SIBLING)
    found = lint.of_page(lint.path(SEED), html)
    assert "own sample" in rules(found)
    assert any(f"a sample asks for '{SIBLING}'" in each.message for each in found)
