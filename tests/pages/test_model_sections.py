"""What the sections of a model's page hold, from records alone."""

import pytest

from catalog.snippets.constraints import parameter
from factories import a_price, a_record
from model_pages import a_context, a_task_model, a_text_model
from pages.parts import (
    banners,
    differences,
    family,
    family_skill,
    head,
    health_history,
    key_facts,
    parameters,
    price_history,
    prices,
    quickstart,
    spec,
)
from pages.sections import SECTIONS
from small import SIBLING


def test_every_section_has_its_own_key_and_partial():
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    assert len({section.template for section in SECTIONS}) == len(SECTIONS)


def test_a_model_of_which_nothing_is_known_has_every_section_but_what_others_say():
    context = a_context(a_record(modality=None))
    absent = [section.key for section in SECTIONS if section.build(context) is None]
    assert absent == ["evidence"]


def test_the_sell_price_stands_beside_the_list_price_of_the_same_component():
    record = a_text_model(prices=[a_price(amount="1.88"), a_price(kind="list", amount="3.75")])
    (group,) = prices.pricing(a_context(record)).groups
    (line,) = group.lines
    assert (line.component, line.unit, line.sell.text, line.listed.text) == (
        "Input",
        "1M tokens",
        "$1.88",
        "$3.75",
    )


def test_a_component_with_a_list_price_only_has_no_published_sell_price():
    record = a_text_model(prices=[a_price(kind="list", amount="3.75")])
    line = prices.pricing(a_context(record)).groups[0].lines[0]
    assert (line.sell.text, line.sell.value) == ("Not published", "")


def test_amounts_are_never_rounded():
    line = prices.pricing(a_context(a_text_model(prices=[a_price(amount="1.875")]))).groups[0].lines[0]
    assert (line.sell.text, line.sell.value) == ("$1.875", "1.875")


def test_an_announced_price_is_apart_from_those_in_force():
    rows = [
        a_price(effective_until="2026-12-01T00:00:00Z"),
        a_price(amount="1.2", effective_from="2026-12-01T00:00:00Z"),
    ]
    shown = prices.pricing(a_context(a_text_model(prices=rows)))
    assert [line.sell.text for group in shown.groups for line in group.lines] == ["$1.50"]
    assert [(line.sell.text, line.since) for line in shown.announced] == [("$1.20", "1 December 2026")]
    assert shown.groups[0].lines[0].until == "1 December 2026"


def test_conditional_rows_read_in_the_order_people_count_and_the_fallback_comes_last():
    def row(amount, **conditions):
        return a_price(meter="requests", amount=amount, conditions={"action": "text_to_video", **conditions})

    rows = [row("0.67"), row("0.5", output_resolution="4k"), row("0.2", output_resolution="1080p")]
    rows.append(row("0.1", output_resolution="720p"))
    (group,) = prices.pricing(a_context(a_task_model(prices=rows))).groups
    assert [line.sell.text for line in group.lines] == ["$0.10", "$0.20", "$0.50", "$0.67"]
    assert group.lines[-1].conditions == ["In all other cases"]
    assert group.heading == "Text to video"


def test_one_line_an_action_carries_the_actions_name():
    rows = [
        a_price(meter="requests", conditions={"action": name}) for name in ("add_vocals", "text_to_music")
    ]
    (group,) = prices.pricing(a_context(a_task_model(prices=rows))).groups
    assert (group.heading, [line.component for line in group.lines]) == ("", ["Add vocals", "Text to music"])


def test_the_note_of_a_price_is_written_once():
    rows = [a_price(note="Unit inferred"), a_price(meter="output_tokens", note="Unit inferred")]
    shown = prices.pricing(a_context(a_text_model(prices=rows)))
    assert [note.label for note in shown.remarks] == ["Unit inferred"]
    assert [note.letter for line in shown.groups[0].lines for note in line.notes] == ["a", "a"]


def test_history_marks_past_current_and_announced_rows():
    rows = [
        a_price(amount="2", effective_from="2025-01-01T00:00:00Z", effective_until="2026-01-01T00:00:00Z"),
        a_price(effective_until="2026-12-01T00:00:00Z"),
        a_price(amount="1.2", effective_from="2026-12-01T00:00:00Z"),
    ]
    shown = price_history.price_history(a_context(a_text_model(prices=rows)))
    assert [row.stage for row in shown.rows] == ["Announced", "In force", "Past"]
    assert shown.said == "3 price rows, 1 past and 1 announced"


def test_trouble_of_the_last_ninety_days_is_listed_and_older_is_not():
    def event(started, ended):
        return {"severity": "outage", "message": "Down", "started_at": started, "ended_at": ended}

    events = [
        event("2026-11-01T10:00:00Z", "2026-11-01T11:00:00Z"),
        event("2026-01-01T10:00:00Z", "2026-01-02T10:00:00Z"),
    ]
    events.append(event("2026-01-03T00:00:00Z", None))
    found = health_history.incidents(a_context(a_text_model(status_events=events)))
    assert [row.started for row in found] == ["1 November 2026, 10:00 UTC", "3 January 2026, 00:00 UTC"]


def test_the_banner_of_a_coming_end_has_its_date_and_no_invented_replacement():
    near = a_text_model(model_id="linden-ballad-4-7")
    (banner,) = banners.banners(a_context(a_text_model(retires_on="2026-11-30"), [near]))
    assert banner.title == "Retires on 30 November 2026"
    assert "in 7 days" in banner.text
    assert banner.replacement == banners.Replacement("linden-ballad-4-7", near["path"], is_published=False)


def test_a_published_replacement_is_said_to_be_one():
    record = a_text_model(
        retires_on="2026-11-30", replacement="linden-x", replacement_path="/models/linden/x"
    )
    (banner,) = banners.banners(a_context(record))
    assert banner.replacement == banners.Replacement("linden-x", "/models/linden/x", is_published=True)


def test_a_retired_model_is_not_called_operational():
    words = [chip.word for chip in head.chips(a_context(a_text_model(stated_lifecycle="retired")))]
    assert "Retired" in words
    assert "Operational" not in words


def test_an_open_outage_has_a_banner():
    event = {"severity": "outage", "message": "Down", "started_at": "2026-11-23T00:00:00Z", "ended_at": None}
    (banner,) = banners.banners(a_context(a_text_model(status_events=[event])))
    assert (banner.title, banner.text) == ("Outage", "Down")


def test_unknown_facts_are_words_and_never_zero():
    for glance in key_facts.glances(a_context(a_record(modality=None))):
        assert glance.value in {"Not published", "Not stated", "None recorded"}


def test_the_spec_sheet_names_a_source_only_beside_a_value():
    source = {"field": "context_window", "url": "https://example.com", "label": "Example", "checked_on": None}
    fields = {one.label: one for one in spec.spec_sheet(a_context(a_text_model(sources=[source]))).fields}
    assert (fields["Context window"].words, fields["Context window"].sources) == (["Not stated"], [])
    record = a_text_model(sources=[source], context_window=200000)
    fields = {one.label: one for one in spec.spec_sheet(a_context(record)).fields}
    assert fields["Context window"].words == ["200,000 tokens"]
    assert [one.label for one in fields["Context window"].sources] == ["Example"]


@pytest.mark.parametrize(
    ("rule", "said"),
    [
        (
            {"when": {"vocal_mode": "exact_lyrics"}, "required": ["lyrics", "title"], "forbidden": []},
            "When `vocal_mode` is `exact_lyrics`: requires `lyrics` and `title`.",
        ),
        (
            {"when": {"image": {"present": False}}, "required": ["prompt"], "forbidden": ["mask"]},
            "When `image` is not given: requires `prompt`; does not take `mask`.",
        ),
        ({"when": {"model": "m"}, "required": [], "forbidden": ["a", "b"]}, "Does not take `a` or `b`."),
        ({"when": {"model": "other"}, "required": ["a"], "forbidden": []}, ""),
        ({"when": {"a": True}, "required": [], "forbidden": []}, ""),
        ({"when": {"a": True}, "required": ["b"], "forbidden": []}, "When `a` is `true`: requires `b`."),
    ],
)
def test_a_rule_is_said_in_words(rule, said):
    assert parameters.rule_text(rule, "m") == said


def test_another_skill_is_named_only_where_a_source_is_its_repository():
    assert not family_skill.skill(a_context(a_text_model())).repository
    near = a_context(a_text_model(), family_source="https://github.com/runapi-ai/linden-x")
    assert not family_skill.skill(near).repository
    found = family_skill.skill(
        a_context(a_text_model(), family_source="https://github.com/runapi-ai/linden/blob/main/SKILL.md")
    )
    assert found.repository == "https://github.com/runapi-ai/linden"
    assert found.repository_command == "npx skills add runapi-ai/linden -g"


def test_the_owner_of_other_skills_is_a_setting(settings):
    settings.SKILLS_OWNER = "labs"
    found = family_skill.skill(a_context(a_text_model(), family_source="https://github.com/labs/linden"))
    assert found.repository_command == "npx skills add labs/linden -g"
    other = a_context(a_text_model(), family_source="https://github.com/runapi-ai/linden")
    assert not family_skill.skill(other).repository


def test_this_sites_own_skill_and_tools_are_installed_from_this_site():
    found = family_skill.skill(a_context(a_text_model()))
    assert found.command == "npx skills add https://catalog.example --skill linden -a claude-code"
    assert found.path == "/skills/linden"
    assert not found.tools_command


def test_the_quickstart_shows_the_call_that_the_address_asks_for():
    endpoints = a_task_model()["endpoints"]
    edit = [
        {**row, "action": "edit_video", "path": row["path"].replace("text_to", "edit")} for row in endpoints
    ]
    takes = [parameter("model", "string", required=True), parameter("prompt", "string", required=True)]
    record = a_task_model(
        actions=["edit_video", "text_to_video"],
        endpoints=[*edit, *endpoints],
        parameters={"edit_video": takes, "text_to_video": takes},
    )
    shown = quickstart.quickstart(a_context(record))
    assert [one.key for one in shown.calls if one.is_current] == ["text_to_video"]
    shown = quickstart.quickstart(a_context(record, query={"call": "edit_video"}))
    assert [one.key for one in shown.calls if one.is_current] == ["edit_video"]
    shown = quickstart.quickstart(a_context(record, query={"call": "<script>"}))
    assert [one.key for one in shown.calls if one.is_current] == ["text_to_video"]


def test_no_card_stands_without_a_difference():
    twin = a_text_model(model_id="linden-twin")
    assert differences.differences(a_context(a_text_model(), [twin])).cards == []


def test_the_switcher_lists_every_model_with_retired_ones_last():
    gone = a_text_model(model_id="linden-1", stated_lifecycle="retired")
    rows = family.switcher(a_context(gone, [a_text_model()])).rows
    assert [(row.model_id, row.is_current) for row in rows] == [
        (SIBLING, False),
        ("linden-1", True),
    ]
