"""The end of the bundled models: what sources state is on the site, and what then holds on the days ahead."""

import json
import os
from datetime import date, datetime
from html import escape
from pathlib import Path

import pytest

import needs
from catalog.history.changes import newest
from catalog.models import Variant
from catalog.presentation.skills.skill_lookup import Shelf
from catalog.publishing import arrived_dates
from catalog.records.end_of_life import ending, governing
from catalog.search.selection import Selection, page
from feed_reading import calendar

pytestmark = pytest.mark.django_db
FACTS = Path(os.environ.get("CATALOG_FACTS", Path(__file__).parents[3] / "shared/facts")) / "lifecycle.json"
PLATFORMS = {"vendor API": "vendor", "Vertex": "vertex", "Bedrock": "bedrock", "Azure": "azure"}
DAYS_OF_OLD = {"released_on", "knowledge_cutoff"}
"""Fields of the spec sheet, of which another platform's value may hold as well."""
STATED = {"lifecycle", "deprecated_on", "retires_on", "retires_not_before", "replacement", *DAYS_OF_OLD}

RETIRED = "retired"
ENDS = {
    "claude-sonnet-4-5-20250929": date(2026, 11, 30),
    "gpt-image-1.5": date(2026, 12, 1),
    "gemini-2.5-flash": date(2026, 12, 1),
    "gemini-2.5-pro": date(2026, 12, 1),
    "gpt-5-pro": date(2026, 12, 11),
    "s1": date(2026, 12, 31),
    "tts-1": date(2027, 1, 6),
}
"""Model -> the first day without answers, as its vendor announced it."""
STAY = ("gemini-3.5-flash", "gemini-3.6-flash", "gemini-3.7-flash", "claude-opus-4-8")
"""Models with a day that is no day of theirs: of Vertex alone, or not before it."""
DAYS = ("2026-11-30T00:00:00Z", "2026-12-01T00:00:00Z", "2027-01-01T00:00:00Z")


def ids_of(lifecycle, client):
    answer = client.get(f"/api/v1/models?lifecycle={lifecycle}&limit=1000").json()
    return {row["model_id"] for row in answer["items"]}


@pytest.mark.parametrize("day", [pytest.param(day, marks=pytest.mark.clock(day)) for day in DAYS])
def test_on_the_days_ahead_everything_says_what_then_holds(client, day):
    today = date.fromisoformat(day[:10])
    count = arrived_dates.announce()
    retired = ids_of("retired", client)
    announced = {
        change.model_id for change in newest(200, kind="lifecycle") if " is retired since " in change.summary
    }
    feed = client.get("/changes/lifecycle.atom").content.decode()
    events = {str(event["SUMMARY"]): event["DTSTART"].dt for event in calendar(client, "/lifecycle.ics")}
    listed = {record["model_id"] for record in page(Selection(), datetime.fromisoformat(day), 1000).records}
    for model_id, ends in ENDS.items():
        variant = Variant.objects.select_related("family").get(model_id=model_id)
        has_ended = ends <= today
        text = client.get(variant.path).content.decode()
        assert ("no longer answers" in text) == has_ended, model_id
        assert ("Stops answering" in text) == (not has_ended), model_id
        assert (model_id in retired) == has_ended, model_id
        assert (model_id in listed) == (not has_ended), model_id
        assert (model_id in announced) == has_ended, model_id
        assert (f"{model_id} is retired since {ends}" in feed) == has_ended, model_id
        assert events[f"{variant.display_name} retires"] == ends
        skill = Shelf().find(variant.family.slug).text
        assert f"`{model_id}`" in skill
        assert (f"retired on {ends}" if has_ended else f"retires on {ends}") in skill, model_id
    assert count >= len(announced)
    assert not retired.intersection(STAY)
    assert arrived_dates.announce() == 0


@pytest.mark.clock("2027-12-01T00:00:00Z")
def test_a_day_that_is_not_before_retires_nothing_after_it_has_passed(client):
    for variant in Variant.objects.exclude(retires_not_before=None).select_related("family"):
        record = client.get(f"{variant.path}.json").json()
        if variant.retires_on is None and variant.lifecycle != RETIRED:
            assert record["lifecycle"] != RETIRED, variant.model_id
            assert "no longer answers" not in client.get(variant.path).content.decode()


def test_nothing_is_retired_but_by_a_day_or_a_statement_of_what_governs():
    for variant in Variant.objects.filter(lifecycle=RETIRED) | Variant.objects.exclude(retires_on=None):
        rows = [row for row in governing(variant.end_of_life) if row.get("firmness") != "earliest"]
        days = {row.get("retires_on") for row in rows}
        assert str(variant.retires_on) in days, variant.model_id


def test_what_is_recommended_is_not_ending_itself(client):
    ending_ids = ids_of("deprecated", client) | ids_of(RETIRED, client)
    assert len(ending_ids) > 20
    named = 0
    for model_id in ending_ids:
        successor = client.get(f"/api/v1/models/{model_id}").json()["successor"]
        assert successor not in ending_ids, model_id
        named += successor is not None
    assert named > 8


@pytest.mark.skipif(
    not FACTS.is_file(), reason=f"The facts are not here. CATALOG_FACTS names their folder. {needs.BESIDE}"
)
def test_every_statement_of_a_vendor_or_sdk_is_on_the_site_and_governs_only_where_it_may(client):
    facts = json.loads(FACTS.read_text())
    rows = [
        row
        for row in facts
        if row["field"] in STATED and (row["trust"] in {"vendor", "sdk"} or row["field"] in DAYS_OF_OLD)
    ]
    assert len(rows) > 150
    pages = {}
    for row in rows:
        variant = Variant.objects.select_related("family").get(model_id=row["model_id"])
        if variant.path not in pages:
            page_of = client.get(variant.path).content.decode()
            pages[variant.path] = client.get(f"{variant.path}.json").json(), page_of
        record, text = pages[variant.path]
        if row["field"] in DAYS_OF_OLD:
            assert _is_cited(record, row, text), row
            continue
        platform = PLATFORMS.get(row["platform"])
        same = [
            one
            for one in record["end_of_life"]
            if one["platform"] == platform and one["source_label"] == row["source_label"]
        ]
        assert any(_states(one, row) for one in same), row
        assert escape(row["source_label"]) in text, row
        # A package's address, `pkg:pypi/…`, is no link.
        assert not row["source_url"].startswith("https:") or escape(row["source_url"]) in text, row
        holds = ending(record["end_of_life"])
        if platform == "vendor" and row["field"] == "retires_not_before":
            assert holds.retires_on or holds.retires_not_before, row


def _is_cited(record, row, text):
    labels = [source["label"] for source in record["sources"] if source["field"] == row["field"]]
    otherwise = f"{row['source_label']} (says {row['value']})"
    if record[row["field"]] == row["value"]:
        return bool(labels) and otherwise not in labels
    return otherwise in labels and escape(otherwise) in text


def _states(one, row):
    field, value = row["field"], row["value"]
    if field == "replacement":
        return one["replacements"] == value
    if field == "retires_not_before":
        return (one["retires_on"], one["firmness"]) == (value, "earliest")
    return one[field] == value
