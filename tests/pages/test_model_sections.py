"""What the sections of a model's page hold, from records alone."""

import pytest

from catalog.search.successors import NamedModel
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
    quickstart,
    spec,
)
from pages.sections import SECTIONS
from small import SIBLING


def test_every_section_has_its_own_key_and_partial():
    assert len({section.key for section in SECTIONS}) == len(SECTIONS)
    assert len({section.template for section in SECTIONS}) == len(SECTIONS)


def test_a_model_of_which_nothing_is_known_has_every_section_but_those_without_content():
    context = a_context(a_record(modality=None))
    absent = [section.key for section in SECTIONS if section.build(context) is None]
    assert absent == ["end-of-life", "best-for", "evidence", "faq"]


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
    nearest = NamedModel("linden-ballad-4-7", "linden-ballad-4-7", near["path"], "active")
    assert banner.replacement == banners.Replacement([], nearest=nearest)
    assert banner.replacement.instead is None


def test_a_sibling_that_is_ending_is_never_the_closest_active_one():
    ending = [
        a_text_model(model_id="linden-ballad-4-6", deprecated_on="2026-11-01"),
        a_text_model(model_id="linden-ballad-4-7", retires_on="2027-01-01"),
        a_text_model(model_id="linden-ballad-4-8", stated_lifecycle="retired"),
    ]
    (banner,) = banners.banners(a_context(a_text_model(retires_on="2026-11-30"), ending))
    assert banner.replacement.nearest is None


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
        assert glance.value in {"Not on record", "Not stated", "None recorded"}


def test_the_spec_sheet_names_a_source_only_beside_a_value():
    source = {"field": "context_window", "url": "https://example.com", "label": "Example", "checked_on": None}
    fields = {one.label: one for one in spec.spec_sheet(a_context(a_text_model(sources=[source]))).fields}
    assert (fields["Context window"].words, fields["Context window"].sources) == (["Not stated"], [])
    record = a_text_model(sources=[source], context_window=200000)
    fields = {one.label: one for one in spec.spec_sheet(a_context(record)).fields}
    assert fields["Context window"].words == ["200,000 tokens"]
    assert [one.label for one in fields["Context window"].sources] == ["Example"]


def test_a_source_that_contradicts_an_unknown_value_is_named():
    source = {"field": "context_window", "url": None, "label": "Example (says 384,000)", "checked_on": None}
    line = sheet_of(a_text_model(sources=[source]))["Context window"]
    assert (line.words, line.known) == (["Not stated"], False)
    assert [note.label for note in line.sources] == ["Example (says 384,000)"]


def sheet_of(record):
    return {one.label: one for one in spec.spec_sheet(a_context(record)).fields}


def test_a_contradiction_is_one_line_with_both_sources():
    sources = [
        {"field": field, "url": None, "label": label, "checked_on": None}
        for field, label in (("capabilities", "One list"), ("lacks", "Other list"))
    ]
    line = sheet_of(a_text_model(disputed=["vision"], sources=sources))["Sources disagree on"]
    assert line.words == ["Image input"]
    assert [note.label for note in line.sources] == ["One list", "Other list"]
    assert "Sources disagree on" not in sheet_of(a_text_model())


def test_a_no_has_a_line_only_where_a_source_says_so():
    assert sheet_of(a_text_model(lacks=["tool_call"]))["Does not support"].words == ["Tool use"]
    assert "Does not support" not in sheet_of(a_text_model())


def test_what_does_not_apply_is_one_line_and_not_unknown():
    without = ["snapshot_on", "context_window", "max_output_tokens"]
    fields = sheet_of(a_task_model(does_not_apply=without))
    assert fields["Does not apply"].words == ["Dated snapshot", "Context window", "Max output"]
    assert not {"Dated snapshot", "Context window"} & fields.keys()
    strip = key_facts.glances(a_context(a_text_model(does_not_apply=["max_output_tokens"])))
    assert "Max output" not in [glance.label for glance in strip]


def test_a_strip_has_no_unpublished_price_of_what_is_not_billed():
    def labels(*meters, **fields):
        record = a_text_model(prices=[a_price(meter=meter) for meter in meters], **fields)
        return [glance.label for glance in key_facts.glances(a_context(record))][:2]

    assert labels("input_tokens") == ["Input", "Output"]
    assert labels("input_tokens", does_not_apply=["max_output_tokens"])[0] == "Input"
    assert "Output" not in labels("input_tokens", does_not_apply=["max_output_tokens"])
    assert labels("audio_seconds") == ["Price", "Context"]
    assert labels() == ["Input", "Output"]


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
        (
            {"when": {"effort": {"not": "none"}}, "required": [], "forbidden": ["tools"]},
            "When `effort` is not `none`: does not take `tools`.",
        ),
        (
            {"when": {"form.type": "json_schema"}, "required": [], "forbidden": ["form"]},
            "When `form.type` is `json_schema`: does not take `form`.",
        ),
        (
            {"when": {"temperature": {"not": 1}}, "required": [], "forbidden": ["temperature"]},
            "Takes `temperature` only as `1`.",
        ),
        ({"when": {}, "required": [], "forbidden": ["tools"]}, "Does not take `tools`."),
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


def test_calls_stand_in_the_order_in_which_people_come_for_them():
    actions = ["add_vocals", "extend_music", "image_to_video", "speech_to_text", "text_to_music"]
    takes = [parameter("model", "string", required=True)]
    row = a_task_model()["endpoints"][0]
    record = a_task_model(
        actions=actions,
        endpoints=[{**row, "action": action, "path": f"/api/v1/x/{action}"} for action in actions],
        parameters=dict.fromkeys(actions, takes),
    )
    shown = quickstart.quickstart(a_context(record))
    assert [call.key for call in shown.calls] == [
        *("text_to_music", "image_to_video", "speech_to_text", "add_vocals", "extend_music")
    ]
    record["endpoints"] = record["endpoints"][1:3]
    shown = quickstart.quickstart(a_context(record))
    assert [call.key for call in shown.calls if call.is_current] == ["image_to_video"]


def test_an_option_is_shown_in_the_languages_that_have_a_form_for_it():
    record = a_text_model()
    shown = quickstart.quickstart(a_context(record, query={"option": "async"}))
    assert [option.key for option in shown.options if option.is_current] == ["async"]
    assert [tab.language for tab in shown.tabs] == ["python"]
    shown = quickstart.quickstart(a_context(record, query={"option": "timeouts"}))
    assert len(shown.tabs) == 7


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


def test_the_strip_of_an_embedding_model_has_the_size_of_its_vectors():
    def sizes(**known):
        strip = key_facts.glances(a_context(a_text_model(prices=[a_price()], **known)))
        return [(one.value, one.unit) for one in strip if one.label == "Vector size"]

    assert sizes(does_not_apply=["output_modalities", "max_output_tokens"], vector_size=1536) == [
        ("1,536", "numbers")
    ]
    assert sizes(vector_size=None) == []
