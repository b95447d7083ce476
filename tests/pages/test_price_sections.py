"""What the tables of a model's prices hold, from records alone."""

from django.template.loader import render_to_string

from factories import a_price
from model_pages import a_context, a_task_model, a_text_model
from pages.parts import price_history, prices, spec

START = "2026-01-01T00:00:00Z"


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
    assert (line.sell.text, line.sell.value) == ("Not on record", "")


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


def test_a_price_that_no_request_reaches_is_never_used_and_stands_among_no_prices():
    rows = [
        a_price(meter="requests", amount="0.016", conditions={"action": "text_to_video", "mode": "a"}),
        a_price(meter="requests", amount="0.02", conditions={"action": "text_to_video"}, covered_from=START),
        a_price(meter="requests", amount="0.03", conditions={"action": "image_to_video"}),
    ]
    context = a_context(a_task_model(prices=[{**row, "is_held_back": True} for row in rows]))
    held = prices.pricing(context).held_back
    assert [(line.action, line.sell.text) for line in held] == [
        ("Image to video", "$0.03"),
        ("Text to video", "$0.016"),
    ]
    shown = price_history.price_history(context)
    assert shown.has_never_used
    (never,) = [row for row in shown.rows if not row.is_used]
    assert (never.cell.text, never.stage) == ("$0.02", "Never used")


def test_the_prices_of_a_model_that_no_longer_answers_are_not_in_force():
    context = a_context(a_text_model(retires_on="2026-08-01", prices=[a_price()]))
    shown = price_history.price_history(context)
    assert (shown.said, [row.stage for row in shown.rows]) == ("1 price row", ["Last price"])
    (line,) = [line for line in spec.spec_sheet(context).fields if line.label.startswith("Retire")]
    assert line.label == "Retired on"


def test_a_note_that_only_repeats_the_heading_of_announced_prices_is_left_out():
    later = {"effective_from": "2027-01-01T00:00:00Z"}
    rows = [a_price(note="Announced", **later), a_price(meter="output_tokens", note="For new keys", **later)]
    shown = prices.pricing(a_context(a_text_model(prices=rows)))
    assert len(shown.announced) == 2
    assert [note.label for note in shown.remarks] == ["For new keys"]


def test_a_price_that_is_not_quoted_names_its_action_as_announced_ones_do():
    row = a_price(meter="requests", conditions={"action": "text_to_video"}, is_held_back=True)
    content = prices.pricing(a_context(a_task_model(prices=[row])))
    for template in ("text/model/pricing.md", "partials/model/pricing.html"):
        assert "Text to video, Requests" in render_to_string(template, {"content": content})
