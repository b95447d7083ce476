"""Two people edit one page: both are saved where they changed different fields, and asked where the same."""

import pytest
from django.urls import reverse
from django.utils import timezone

from catalog.models import Family, StatusEvent, Variant, Webhook
from catalog.publishing.publish import current_revision
from rows import a_variant
from two_editors import WHEN, an_import, change, refused, save, shown

pytestmark = [pytest.mark.django_db, pytest.mark.slow]


@pytest.fixture
def variant() -> Variant:
    return a_variant("testfam-one", name="One", lifecycle="active", overview="First line.\nSecond line.")


@pytest.mark.parametrize("name", ["variant", "family", "provider"])
def test_two_editors_of_different_fields_both_win(desk, other_desk, variant, name):
    row = {"variant": variant, "family": variant.family, "provider": variant.family.provider}[name]
    mine, theirs = shown(desk, row), shown(other_desk, row)
    save(other_desk, row, theirs | {"name": "Theirs"})
    save(desk, row, mine | {"source_label": "Mine"})
    assert (row.name, row.source_label) == ("Theirs", "Mine")


@pytest.mark.parametrize("name", ["variant", "family", "provider"])
def test_one_field_changed_by_both_is_refused_and_then_written_knowingly(desk, other_desk, variant, name):
    row = {"variant": variant, "family": variant.family, "provider": variant.family.provider}[name]
    before = row.name
    mine, theirs = shown(desk, row), shown(other_desk, row)
    save(other_desk, row, theirs | {"name": "Theirs", "source_url": "https://example.com/theirs"})
    again, said = refused(desk, row, mine | {"name": "Mine", "source_label": "Mine too"})
    assert f"Changed by bob at {WHEN} from “{before}” to “Theirs”; your value: “Mine”." in said
    assert (again["name"], again["source_label"]) == ("Mine", "Mine too")
    assert again["source_url"] == "https://example.com/theirs"
    save(desk, row, again)
    assert (row.name, row.source_label, row.source_url) == ("Mine", "Mine too", "https://example.com/theirs")


def test_a_third_change_is_asked_about_again(desk, other_desk, variant):
    mine = shown(desk, variant)
    save(other_desk, variant, shown(other_desk, variant) | {"name": "Second"})
    again, _ = refused(desk, variant, mine | {"name": "Mine"})
    save(other_desk, variant, shown(other_desk, variant) | {"name": "Third"})
    _, said = refused(desk, variant, again)
    assert "from “Second” to “Third”; your value: “Mine”." in said


def test_the_same_change_by_both_is_no_conflict_and_no_second_revision(desk, other_desk, variant):
    mine = shown(desk, variant)
    save(other_desk, variant, shown(other_desk, variant) | {"name": "Same"})
    before = current_revision()
    save(desk, variant, mine | {"name": "Same"})
    assert current_revision() == before


def test_what_a_file_wrote_meanwhile_counts_too(desk, variant):
    mine = shown(desk, variant)
    an_import(variant, name="Imported", context_window=1000)
    again, said = refused(desk, variant, mine | {"name": "Mine", "max_output_tokens": "5"})
    assert f"Changed by catalog file at {WHEN} from “One” to “Imported”; your value: “Mine”." in said
    assert "context_window" not in said
    save(desk, variant, again)
    assert (variant.name, variant.context_window, variant.max_output_tokens) == ("Mine", 1000, 5)


def test_line_ends_and_lists_and_choices_are_no_change_of_an_editor(desk, other_desk, variant):
    mine = shown(desk, variant) | {"overview": "First line.\r\nSecond line."}
    theirs = {"overview": "Theirs", "capabilities": ["vision"], "commercial_use": "true", "actions": '["a"]'}
    save(other_desk, variant, shown(other_desk, variant) | theirs)
    save(desk, variant, mine | {"name": "Mine"})
    assert (variant.overview, variant.capabilities, variant.actions) == ("Theirs", ["vision"], ["a"])
    assert (variant.commercial_use, variant.name) == (True, "Mine")


def test_conflicts_name_lists_choices_days_and_other_models_in_words(desk, other_desk, variant):
    first, second = a_variant("testfam-first"), a_variant("testfam-second")
    mine = shown(desk, variant)
    theirs = {"capabilities": ["vision"], "deprecated_on": "2030-01-01", "replacement": str(first.pk)}
    save(other_desk, variant, shown(other_desk, variant) | theirs | {"actions": '["a"]'})
    sent = {"capabilities": ["streaming"], "deprecated_on": "2031-01-01", "replacement": str(second.pk)}
    _, said = refused(desk, variant, mine | sent | {"actions": '["b"]'})
    for words in (
        "from nothing to “Image input”; your value: “Streaming”.",
        "from nothing to “2030-01-01”; your value: “2031-01-01”.",
        "from nothing to “testfam-first”; your value: “testfam-second”.",
        'from “[]” to “["a"]”; your value: “["b"]”.',
    ):
        assert words in said


def test_a_long_text_in_conflict_is_quoted_where_it_differs(desk, other_desk, variant):
    same = "All the same. " * 300
    an_import(variant, overview=same)
    mine = shown(desk, variant)
    save(other_desk, variant, shown(other_desk, variant) | {"overview": f"{same}Theirs."})
    _, said = refused(desk, variant, mine | {"overview": f"{same}Mine."})
    assert "Theirs." in said
    assert "your value: “…" in said
    assert len(said) < 600


def test_what_the_two_make_together_is_checked(desk, other_desk, variant):
    mine = shown(desk, variant)
    save(other_desk, variant, shown(other_desk, variant) | {"deprecated_on": "2031-05-01"})
    _, said = refused(desk, variant, mine | {"retires_on": "2031-01-01"})
    assert "on or after the day it is deprecated" in said


def test_a_form_that_does_not_say_what_it_showed_is_refused_and_shown_anew(desk, variant):
    sent = shown(desk, variant) | {"name": "Scripted"}
    del sent["_shown"]
    again, said = refused(desk, variant, sent)
    assert "does not say what it showed" in said
    assert "Stored now: “One”; your value: “Scripted”." in said
    for wrong in ("", "x", again["_shown"][:-1], shown(desk, variant.family)["_shown"]):
        refused(desk, variant, sent | {"_shown": wrong})
    save(desk, variant, again)
    assert variant.name == "Scripted"


def test_an_unknown_author_is_not_made_up(desk, variant):
    mine = shown(desk, variant)
    Variant.objects.filter(pk=variant.pk).update(name="By hand")
    _, said = refused(desk, variant, mine | {"name": "Mine"})
    assert "Changed since this page was shown from “One” to “By hand”; your value: “Mine”." in said


def test_a_status_event_is_merged(desk, other_desk, variant):
    row = StatusEvent.objects.create(
        variant=variant, severity="outage", message="Down", started_at="2026-11-26T11:00:00.123456Z"
    )
    mine, late = shown(desk, row), shown(desk, row)
    other_desk.post(reverse("admin:catalog_statusevent_close", args=[row.pk]))
    save(desk, row, mine | {"message": "All of it is down"})
    assert row.ended_at is not None
    assert row.started_at.microsecond == 123456
    _, said = refused(desk, row, late | {"started_at_0": "", "started_at_1": ""})
    assert "This field is required" in said
    sent = late | {"ended_at_0": "2026-12-01", "ended_at_1": "10:00:00", "message": "Mine"}
    _, said = refused(desk, row, sent)
    assert (
        f"Changed by bob at {WHEN} from nothing to “2026-11-26 12:00:00”; your value: “2026-12-01 10:00:00”"
        in said
    )
    assert f"Changed by ada at {WHEN} from “Down” to “All of it is down”; your value: “Mine”." in said


def test_a_webhook_is_merged(desk, other_desk, settings):
    settings.WEBHOOKS_ALLOW_PRIVATE = True
    row = Webhook.objects.create(
        name="One",
        url="http://127.0.0.1:9999/x",
        kinds=["price"],
        created_at=timezone.now(),
        prices_until=timezone.now(),
    )
    mine, theirs = shown(desk, row), shown(other_desk, row)
    save(other_desk, row, theirs | {"name": "Theirs"})
    Webhook.objects.filter(pk=row.pk).update(note="Worker's", failures=3)
    save(desk, row, mine | {"kinds": ["price", "status"]})
    assert (row.name, row.kinds, row.note, row.failures) == ("Theirs", ["price", "status"], "Worker's", 3)
    families = [str(pk) for pk in Family.objects.order_by("-pk").values_list("pk", flat=True)[:3]]
    save(other_desk, row, shown(other_desk, row) | {"families": families})
    save(desk, row, mine | {"kinds": ["price", "status"]})
    assert sorted(map(str, row.families.values_list("pk", flat=True))) == sorted(families)
    again, said = refused(desk, row, mine | {"name": "Mine"})
    assert f"Changed by ada at {WHEN}, bob at {WHEN} from “One” to “Theirs”; your value: “Mine”." in said
    save(desk, row, again)
    assert row.name == "Mine"


def test_who_may_only_look_is_shown_no_hidden_state(price_desk, desk, variant):
    assert 'name="_shown"' in desk.get(change(variant)).content.decode()
    assert 'name="_shown"' not in price_desk.get(change(variant)).content.decode()
