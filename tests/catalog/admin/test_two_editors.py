"""Two people edit one page: both are saved where they changed different fields, and asked where the same."""

import pytest
from django.contrib.auth.models import User
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from catalog.changes import current_revision, publish
from catalog.models import Alias, Endpoint, Faq, StatusEvent, Variant, Webhook
from catalog.vocabulary import Origin
from forms import errors, filled
from rows import a_variant

pytestmark = pytest.mark.django_db
WHEN = "26 Nov 2026 12:00 UTC"


@pytest.fixture
def other_desk(db) -> Client:
    client = Client()
    client.force_login(User.objects.create_superuser("bob"))
    return client


@pytest.fixture
def variant() -> Variant:
    return a_variant("testfam-one", name="One", lifecycle="active", overview="First line.\nSecond line.")


def change(row) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def shown(desk, row) -> dict:
    return filled(desk.get(change(row)))


def save(desk, row, sent):
    answer = desk.post(change(row), sent)
    assert answer.status_code == 302, errors(answer)
    row.refresh_from_db()


def refused(desk, row, sent):
    """Send what must change nothing; give the form as it is shown again, and what it says."""
    before = current_revision()
    answer = desk.post(change(row), sent)
    assert answer.status_code == 200
    assert current_revision() == before
    return filled(answer), errors(answer)


def an_import(row, **values):
    with publish(actor=None, origin=Origin.FILE, reason="Load") as edition:
        edition.update(type(row).objects.get(pk=row.pk), values)


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
    assert f"Changed by bob at {WHEN} from {before} to Theirs; your value: Mine." in said
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
    assert "from Second to Third; your value: Mine." in said


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
    assert f"Changed by catalog file at {WHEN} from One to Imported; your value: Mine." in said
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
        "from nothing to Image input; your value: Streaming.",
        "from nothing to 2030-01-01; your value: 2031-01-01.",
        "from nothing to testfam-first; your value: testfam-second.",
        'from [] to ["a"]; your value: ["b"].',
    ):
        assert words in said


def test_a_long_text_in_conflict_is_quoted_where_it_differs(desk, other_desk, variant):
    same = "All the same. " * 300
    an_import(variant, overview=same)
    mine = shown(desk, variant)
    save(other_desk, variant, shown(other_desk, variant) | {"overview": f"{same}Theirs."})
    _, said = refused(desk, variant, mine | {"overview": f"{same}Mine."})
    assert "Theirs." in said
    assert "your value: …" in said
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
    assert "Stored now: One; your value: Scripted." in said
    for wrong in ("", "x", again["_shown"][:-1], shown(desk, variant.family)["_shown"]):
        refused(desk, variant, sent | {"_shown": wrong})
    save(desk, variant, again)
    assert variant.name == "Scripted"


def test_an_unknown_author_is_not_made_up(desk, variant):
    mine = shown(desk, variant)
    Variant.objects.filter(pk=variant.pk).update(name="By hand")
    _, said = refused(desk, variant, mine | {"name": "Mine"})
    assert "Changed since this page was shown from One to By hand; your value: Mine." in said


@pytest.fixture
def aliases(variant) -> list[Alias]:
    return [Alias.objects.create(variant=variant, alias_id=f"testfam-{word}") for word in ("a", "b")]


def ids(variant) -> list[str]:
    return sorted(variant.aliases.values_list("alias_id", flat=True))


@pytest.mark.usefixtures("aliases")
class TestRows:
    """The rows below a model, as two editors change them."""

    def test_different_rows_both_win(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        save(desk, variant, mine | {"aliases-1-alias_id": "testfam-mine"})
        assert ids(variant) == ["testfam-mine", "testfam-theirs"]

    def test_one_row_changed_by_both_is_refused(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        again, said = refused(desk, variant, mine | {"aliases-0-alias_id": "testfam-mine", "name": "Mine"})
        assert f"Changed by bob at {WHEN} from testfam-a to testfam-theirs; your value: testfam-mine." in said
        save(desk, variant, again)
        assert (ids(variant), variant.name) == (["testfam-b", "testfam-mine"], "Mine")

    def test_rows_added_by_both_are_kept(self, desk, other_desk, variant):
        new = {"aliases-TOTAL_FORMS": "3", "aliases-2-id": "", "aliases-2-variant": str(variant.pk)}
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | new | {"aliases-2-alias_id": "testfam-c"})
        again, said = refused(desk, variant, mine | new | {"aliases-2-alias_id": "testfam-c"})
        assert "already exists" in said
        save(desk, variant, again | {"aliases-2-alias_id": "testfam-d"})
        assert ids(variant) == ["testfam-a", "testfam-b", "testfam-c", "testfam-d"]

    def test_a_row_deleted_meanwhile_stays_so_where_it_was_not_edited(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        again, said = refused(desk, variant, mine | {"aliases-1-alias_id": "two words"})
        assert "is not a model ID" in said
        save(desk, variant, again | {"aliases-1-alias_id": "testfam-mine", "name": "Mine"})
        assert (ids(variant), variant.name) == (["testfam-mine"], "Mine")

    def test_a_row_deleted_meanwhile_and_edited_is_said(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        sent = mine | {"aliases-0-alias_id": "testfam-mine", "aliases-1-alias_id": "testfam-b2"}
        answer = desk.post(change(variant), sent)
        page = answer.content.decode()
        assert f"Deleted by bob at {WHEN}." in page
        assert 'value="testfam-mine"' in page
        assert 'value="testfam-b2"' in page
        again, said = refused(desk, variant, filled(answer))
        assert "Tick Delete to leave it so" in said
        save(desk, variant, again | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b2"]

    def test_a_row_deleted_by_both_is_deleted(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-DELETE": "on"})
        save(desk, variant, mine | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b"]

    def test_a_row_changed_meanwhile_is_deleted_only_knowingly(self, desk, other_desk, variant):
        mine, theirs = shown(desk, variant), shown(other_desk, variant)
        save(other_desk, variant, theirs | {"aliases-0-alias_id": "testfam-theirs"})
        again, said = refused(desk, variant, mine | {"aliases-0-DELETE": "on"})
        assert f"Changed by bob at {WHEN}: Alias. Save again to delete the row." in said
        assert ids(variant) == ["testfam-b", "testfam-theirs"]
        save(desk, variant, again | {"aliases-0-DELETE": "on"})
        assert ids(variant) == ["testfam-b"]

    def test_a_group_that_a_file_restated_is_said(self, desk, variant):
        mine = shown(desk, variant)
        with publish(actor=None, origin=Origin.FILE) as edition:
            edition.delete(variant.aliases.all())
            edition.create(Alias(variant=variant, alias_id="testfam-a"))
            edition.record("catalog", variant, f"{variant}: aliases restated", after=[])
        _, said = refused(desk, variant, mine | {"aliases-0-alias_id": "testfam-mine"})
        assert f"Deleted by catalog file at {WHEN}." in said
        save(desk, variant, mine | {"name": "Mine"})
        assert (ids(variant), variant.name) == (["testfam-a"], "Mine")

    def test_a_form_without_rows_or_with_made_up_ones_is_no_fault(self, desk, variant):
        mine = shown(desk, variant)
        for wrong in ("999999", "x", "", "-1"):
            answer = desk.post(change(variant), mine | {"aliases-0-id": wrong, "aliases-0-alias_id": "new"})
            assert answer.status_code == 200
        bare = {key: value for key, value in mine.items() if not key.startswith("aliases-")}
        assert desk.post(change(variant), bare).status_code == 200
        assert ids(variant) == ["testfam-a", "testfam-b"]


def test_fields_of_one_row_are_merged(desk, other_desk, variant):
    row = Endpoint.objects.create(variant=variant, method="POST", path="/v1/x", protocol="task")
    Faq.objects.create(variant=variant, question="Why?", answer="So.\nThat.")
    mine, theirs = shown(desk, variant), shown(other_desk, variant)
    save(other_desk, variant, theirs | {"endpoints-0-path": "/v1/theirs", "faqs-0-answer": "Theirs"})
    save(desk, variant, mine | {"endpoints-0-method": "GET", "faqs-0-answer": "So.\r\nThat."})
    row.refresh_from_db()
    assert (row.method, row.path) == ("GET", "/v1/theirs")
    assert variant.faqs.get().answer == "Theirs"


def test_a_status_event_is_merged(desk, other_desk, variant):
    row = StatusEvent.objects.create(
        variant=variant, severity="outage", message="Down", started_at="2026-11-26T11:00:00.123456Z"
    )
    mine, late = shown(desk, row), shown(desk, row)
    other_desk.post(reverse("admin:catalog_statusevent_close", args=[row.pk]))
    save(desk, row, mine | {"message": "All of it is down"})
    assert row.ended_at is not None
    assert row.started_at.microsecond == 123456
    sent = late | {"ended_at_0": "2026-12-01", "ended_at_1": "10:00:00", "message": "Mine"}
    _, said = refused(desk, row, sent)
    assert (
        f"Changed by bob at {WHEN} from nothing to 2026-11-26 12:00:00; your value: 2026-12-01 10:00:00"
        in said
    )
    assert f"Changed by ada at {WHEN} from Down to All of it is down; your value: Mine." in said


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
    again, said = refused(desk, row, mine | {"name": "Mine"})
    assert f"Changed by bob at {WHEN}, ada at {WHEN} from One to Theirs; your value: Mine." in said
    save(desk, row, again)
    assert row.name == "Mine"


def test_who_may_only_look_is_shown_no_hidden_state(price_desk, desk, variant):
    assert 'name="_shown"' in desk.get(change(variant)).content.decode()
    assert 'name="_shown"' not in price_desk.get(change(variant)).content.decode()
