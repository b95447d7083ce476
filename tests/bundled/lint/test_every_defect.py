"""Every defect that catalogs of this kind have been seen with: the test that plants it, or why it cannot be.

Two cannot be planted. Pages exist in one language (26), so none can be half translated; a test holds that
there is one. What differs between a page and the API (27) is not for the lint: a test of all bundled models
compares them; the lint reports a list of siblings that lacks one.
"""

import ast
from pathlib import Path

import pytest
from django.conf import settings

DEFECTS = {
    1: ("a placeholder that nothing filled", "a_placeholder_that_nothing_filled_is_reported"),
    2: (
        "a card titled for one model tells of another",
        "a_card_that_says_what_is_true_of_another_model_is_reported",
    ),
    3: ("a card whose text is a bare ID", "a_card_that_says_nothing_but_a_name_is_reported"),
    4: (
        "comparisons with models picked at random",
        "a_card_about_a_model_that_is_no_near_sibling_is_reported",
    ),
    5: (
        "a billing unit of 1K beside prices per 1M",
        "a_billing_unit_that_differs_from_the_price_rows_is_reported",
    ),
    6: ("cache prices without a unit", "a_cache_row_without_its_unit_is_reported"),
    7: ("an amount rounded to cents", "an_amount_rounded_to_cents_is_reported"),
    8: ("per-call words beside token prices", "words_of_calls_beside_token_prices_are_reported"),
    9: (
        "a synchronous model told in words of tasks",
        "words_of_tasks_on_a_synchronous_models_page_are_reported",
    ),
    10: ("streaming promised everywhere", "streaming_promised_where_it_is_not_recorded_is_reported"),
    11: ("a spec sheet without limits and dates", "a_spec_sheet_that_lacks_a_field_is_reported"),
    12: (
        "a snapshot said to follow new versions",
        "a_dated_snapshot_that_is_said_to_follow_new_versions_is_reported",
    ),
    13: ("a retired model shown as served", "a_retired_model_whose_page_does_not_say_so_is_reported"),
    14: ("one of several endpoints listed", "an_endpoint_that_is_on_record_and_not_on_the_page_is_reported"),
    15: ("one overview sentence for all models", "one_sentence_on_many_models_pages_is_reported"),
    16: (
        "a media model billed by call and by image",
        "a_media_model_billed_by_call_beside_prices_per_image_is_reported",
    ),
    17: ("a sample of the wrong action", "a_sample_of_another_action_is_reported"),
    18: ("a sample whose prompt is dots", "a_sample_whose_prompt_is_dots_is_reported"),
    19: (
        "a canonical address that is another file's",
        "a_canonical_address_that_is_not_the_pages_own_is_reported",
    ),
    20: ("text escaped twice", "html_that_was_escaped_twice_is_reported"),
    21: ("a sample of a model that there is not", "a_model_of_no_catalog_in_any_sample_is_reported"),
    22: (
        "a sample at an address that lost its service",
        "an_address_that_is_no_endpoint_in_any_sample_is_reported",
    ),
    23: (
        "a sample at an address of a made-up service",
        "an_address_that_is_no_endpoint_in_any_sample_is_reported",
    ),
    24: ("a task's ID under two names", "a_task_id_read_from_another_field_is_reported"),
    25: ("several names of the key", "a_second_name_for_the_key_is_reported"),
    26: ("pages half translated", "there_is_one_language_to_be_complete_in"),
    27: ("two lists of one family that differ", "a_sibling_that_the_page_does_not_lead_to_is_reported"),
    28: ("a column that repeats another", "a_column_that_repeats_another_is_reported"),
    29: ("an address hidden behind a script", "an_address_hidden_from_robots_is_reported"),
    30: ("a list that only a script draws", "a_page_without_its_list_of_variants_is_reported"),
    31: ("prices mixed up between services", "a_price_of_another_family_with_the_same_action_is_reported"),
    32: (
        "a rounded fallback beside finer tiers",
        "a_fallback_rounded_to_cents_beside_finer_tiers_is_reported",
    ),
    33: ("commands that differ from place to place", "a_command_for_another_familys_skill_is_reported"),
    34: ("one slug written two ways", "a_slug_written_the_other_way_around_is_a_dead_link"),
    35: ("links to a page and to its file, mixed", "a_link_to_a_file_beside_the_page_is_a_dead_link"),
    36: (
        "a price under a condition with a misspelt name",
        "a_price_under_a_condition_that_no_request_can_meet_is_reported",
    ),
}
"""Number of a defect -> its name, and the test that plants it."""


def test_each_of_the_36_defects_has_its_test():
    written = {
        node.name.removeprefix("test_")
        for path in Path(__file__).parent.glob("test_*.py")
        for node in ast.parse(path.read_text()).body
        if isinstance(node, ast.FunctionDef)
    }
    assert list(DEFECTS) == [*range(1, 37)]
    assert [number for number, (_name, test) in DEFECTS.items() if test not in written] == []


@pytest.mark.django_db
def test_there_is_one_language_to_be_complete_in(client):
    assert not [name for name in settings.MIDDLEWARE if "LocaleMiddleware" in name]
    for address in ("/", "/models", "/docs/quickstart"):
        assert b'<html lang="en">' in client.get(address, headers={"Accept-Language": "de"}).content
