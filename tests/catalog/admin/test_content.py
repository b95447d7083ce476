"""Editing models, families and addresses in the admin: one save, one revision; bad input changes nothing."""

from datetime import date

import pytest
from django.urls import reverse

from catalog.models import Alias, ChangeEvent, Document, Family, FormerSlug, Provider, Revision, Variant
from catalog.publishing.publish import current_revision
from catalog.records.record import read_record
from dom import tree
from forms import errors, filled
from rows import a_family, a_price, a_variant
from small import SIBLING

pytestmark = pytest.mark.django_db


def new_row(group: str, **fields: str) -> dict[str, str]:
    """Give what a form sends for one row added below it."""
    sent = {f"{group}-TOTAL_FORMS": "1", f"{group}-0-id": "", f"{group}-0-position": "0"}
    return sent | {f"{group}-0-{name}": value for name, value in fields.items()}


NEW_ALIAS = new_row("aliases", alias_id="testfam-latest")


@pytest.fixture
def variant() -> Variant:
    return a_variant("testfam-one", name="One", lifecycle="active")


def change(row) -> str:
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def saved(desk, row, sent: dict) -> Revision:
    """Save a form with some values changed; give the one revision that this made."""
    number, _ = current_revision()
    answer = desk.post(change(row), filled(desk.get(change(row))) | sent)
    assert answer.status_code == 302, errors(answer)
    assert current_revision()[0] == number + 1
    row.refresh_from_db()
    return Revision.objects.get(number=number + 1)


def refused(desk, row, sent: dict) -> str:
    before = current_revision(), Document.objects.get(variant__model_id="testfam-one").body
    answer = desk.post(change(row), filled(desk.get(change(row))) | sent)
    assert answer.status_code == 200
    assert (current_revision(), Document.objects.get(variant__model_id="testfam-one").body) == before
    return errors(answer)


def record() -> dict:
    return read_record(Document.objects.get(variant__model_id="testfam-one").body)


@pytest.mark.parametrize(
    ("name", "docs"),
    [("end_of_life", "/docs/deprecations#platforms"), ("price_factors", "/docs/billing#factors")],
)
def test_a_field_of_rows_shows_a_row_that_it_takes_and_links_to_its_docs(desk, client, variant, name, docs):
    page = tree(desk.get(change(variant)).content)
    hint = page.one("div", id=f"id_{name}_helptext")
    (link,) = hint.all("a")
    assert link.attributes["href"] == docs
    path, _, anchor = docs.partition("#")
    assert f'id="{anchor}"' in client.get(path).content.decode()
    saved(desk, variant, {name: hint.one("code").raw})
    assert record()[name]


def test_a_form_saved_as_it_stands_is_no_revision(desk, variant):
    for row in (variant, variant.family, variant.family.provider, *Variant.objects.all()[::30]):
        before = current_revision()
        answer = desk.post(change(row), filled(desk.get(change(row))))
        assert answer.status_code == 302, errors(answer)
        assert current_revision() == before, row


def test_fields_and_rows_below_them_are_one_revision(desk, administrator, variant, client):
    revision = saved(
        desk,
        variant,
        NEW_ALIAS
        | {
            "context_window": "1000000",
            "capabilities": ["streaming", "vision"],
            "lacks": ["tool_call"],
            "retires_on": "2031-05-01",
            "overview": "Good at **sums**.",
            "change_reason": "Read in the announcement",
        },
    )
    assert (revision.actor, revision.reason) == (administrator, "Read in the announcement")
    assert {event.kind for event in revision.events.all()} == {"catalog", "lifecycle"}
    assert variant.admin_fields == [
        *("aliases", "capabilities", "context_window", "lacks", "overview", "retires_on")
    ]
    shown = record()
    assert (shown["context_window"], shown["capabilities"]) == (1_000_000, ["streaming", "vision"])
    assert shown["lacks"] == ["tool_call"]
    assert (shown["retires_on"], shown["aliases"]) == ("2031-05-01", ["testfam-latest"])
    assert client.get("/models/testfam/latest")["Location"] == "/models/testfam/one"
    page = client.get("/models/testfam/one").content.decode()
    assert "1,000,000" in page
    assert "<strong>sums</strong>" in page


def test_html_in_markdown_is_refused_when_it_is_saved(desk, variant):
    said = refused(desk, variant, {"overview": "<script>alert(1)</script><b onclick=x>bold</b>"})
    assert "HTML, images and unsafe links are not kept" in said
    assert not record()["overview_html"]


def test_an_alias_is_added_and_taken_away(desk, variant):
    saved(desk, variant, NEW_ALIAS)
    revision = saved(desk, variant, {"aliases-0-DELETE": "on"})
    assert not Alias.objects.filter(variant=variant).exists()
    assert record()["aliases"] == []
    assert revision.events.get().summary == "testfam-one: aliases changed"


def test_a_slug_that_changes_leaves_its_address_behind(desk, variant, client):
    saved(desk, variant, {"slug": "first"})
    assert client.get("/models/testfam/one")["Location"] == "/models/testfam/first"


def test_a_model_is_added(desk, client):
    a_family()
    address = reverse("admin:catalog_variant_add")
    sent = filled(desk.get(address))
    sent |= {"model_id": "testfam-one", "slug": "one", "family": str(a_family().pk), "name": "One"}
    assert desk.post(address, sent).status_code == 302
    assert client.get("/models/testfam/one").status_code == 200
    assert "added to the catalog" in ChangeEvent.objects.first().summary
    added = Variant.objects.get(model_id="testfam-one")
    assert added.admin_fields == ["family", "model_id", "name", "slug"]


@pytest.mark.slow
@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"model_id": ""}, "required"),
        ({"model_id": "two words"}, "is not a model ID"),
        ({"model_id": "a/../b"}, "path step"),
        ({"model_id": "x" * 201}, "at most 200"),
        ({"model_id": SIBLING}, "already exists"),
        ({"model_id": "testfam-other-latest"}, "is an alias of testfam-other"),
        ({"model_id": "a\0b"}, "Null characters"),
        ({"slug": ""}, "required"),
        ({"slug": "a b"}, "is not a model ID"),
        ({"slug": "other"}, "already exists"),
        ({"family": "999999999"}, "not one of the available choices"),
        ({"replacement": "999999999"}, "not one of the available choices"),
        ({"retires_on": "2031-02-30"}, "Enter a valid date"),
        ({"retires_on": "2030-01-01", "deprecated_on": "2031-01-01"}, "on or after the day"),
        ({"context_window": "-1"}, "greater than or equal to 0"),
        ({"context_window": "many"}, "Enter a whole number"),
        ({"context_window": "9" * 30}, "less than or equal to"),
        ({"capabilities": ["telepathy"]}, "not one of the available choices"),
        ({"capabilities": ["vision"], "lacks": ["vision"]}, "Image input: also checked as a capability"),
        ({"knowledge_cutoff": "last year"}, "neither a month"),
        ({"knowledge_cutoff": "2025-02-31"}, "nor a day"),
        ({"actions": "[" * 100_000}, "Enter a valid JSON"),
        ({"actions": "{"}, "Enter a valid JSON"),
        ({"actions": '{"a": 1}'}, "list of words"),
        ({"actions": "[1]"}, "list of words"),
        ({"source_url": "javascript:alert(1)"}, "valid URL"),
        (NEW_ALIAS | {"aliases-0-alias_id": SIBLING}, "is the ID of a model"),
        (NEW_ALIAS | {"aliases-0-alias_id": "testfam-other-latest"}, "already exists"),
        (NEW_ALIAS | {"aliases-0-alias_id": "a b"}, "is not a model ID"),
        (new_row("sources", label="Docs", fields="5"), "list of words"),
        (new_row("sources", label="Docs", fields='{"a": 1}'), "list of words"),
        (new_row("rules", action="a", when="[]", required="[]", forbidden="[]"), "Write an object"),
        (new_row("parameters", action="a", name="n", enum="5"), "list of values"),
        (new_row("parameters", action="a", name="n", default="{"), "Enter a valid JSON"),
        (new_row("endpoints", method="PUT", path="/v1", protocol="task"), "not one of the available choices"),
        (new_row("faqs", question="", answer="Yes"), "required"),
        (new_row("use_cases", title="x" * 121, body="y"), "at most 120"),
    ],
)
@pytest.mark.engine("sqlite")  # the form refuses, whatever the database
def test_bad_input_is_named_and_changes_nothing(desk, variant, sent, words):
    other = a_variant("testfam-other")
    Alias.objects.create(variant=other, alias_id="testfam-other-latest")
    assert words in refused(desk, variant, sent)


def test_a_model_does_not_replace_itself(desk, variant):
    assert "cannot replace itself" in refused(desk, variant, {"replacement": str(variant.pk)})


def test_an_address_keeps_the_slug_of_its_family_and_provider(desk, variant):
    for row in (variant.family, variant.family.provider):
        assert 'name="slug"' not in desk.get(change(row)).content.decode()
        saved(desk, row, {"slug": "other", "name": f"Renamed {row.pk}"})
        assert row.slug in ("testfam", "test-labs")
    assert record()["family"]["name"].startswith("Renamed")
    assert record()["provider"]["name"].startswith("Renamed")


@pytest.mark.parametrize("slug", ["", "Two Words", "a/b", "-", "x" * 101, "linden"])
def test_a_family_needs_a_slug_of_its_own(desk, slug):
    address = reverse("admin:catalog_family_add")
    sent = filled(desk.get(address)) | {"name": "New", "provider": str(a_family().provider_id), "slug": slug}
    before = current_revision(), Family.objects.count()
    answer = desk.post(address, sent)
    assert answer.status_code == 200
    assert errors(answer)
    assert (current_revision(), Family.objects.count()) == before
    assert desk.post(address, sent | {"slug": "new.family-2"}).status_code == 302


def test_an_address_is_withdrawn_and_given_to_another(desk, variant, client):
    address = reverse("admin:catalog_formerslug_add")
    sent = filled(desk.get(address)) | {"family_slug": "testfam", "slug": "gone"}
    assert desk.post(address, sent).status_code == 302
    assert client.get("/models/testfam/gone").status_code == 410
    assert ChangeEvent.objects.first().summary == "/models/testfam/gone is withdrawn"
    row = FormerSlug.objects.get(slug="gone")
    saved(desk, row, {"variant": str(variant.pk)})
    assert client.get("/models/testfam/gone")["Location"] == "/models/testfam/one"
    answer = desk.post(address, sent | {"family_slug": "nobody"})
    assert "There is no family" in errors(answer)
    assert "already exists" in errors(desk.post(address, sent))


def test_a_content_editor_edits_content_and_a_price_editor_does_not(content_desk, price_desk, variant):
    a_price(variant)
    before = current_revision()
    for row in (variant, variant.family, variant.family.provider):
        page = price_desk.get(change(row)).content.decode()
        assert 'name="_save"' not in page
        assert 'name="name"' not in page
        assert price_desk.post(change(row), {"name": "Mine"}).status_code == 403
        assert price_desk.get(reverse(f"admin:catalog_{row._meta.model_name}_add")).status_code == 403
    assert current_revision() == before
    saved(content_desk, variant, NEW_ALIAS | {"name": "Theirs"})
    saved(content_desk, variant.family, {"name": "Theirs"})
    saved(content_desk, variant.family.provider, {"name": "Their Labs"})
    assert record()["name"] == "Theirs"


def test_the_history_says_who_and_why(desk, content_desk, variant):
    saved(content_desk, variant, {"name": "Renamed", "change_reason": "The provider renamed it"})
    revision = Revision.objects.first()
    listed = desk.get(reverse("admin:catalog_revision_changelist")).content.decode()
    assert "content-editor" in listed
    assert "The provider renamed it" in listed
    page = desk.get(change(revision)).content.decode()
    for text in ("content-editor", "The provider renamed it", "name changed from One to Renamed"):
        assert text in page, text
    events = desk.get(f"{reverse('admin:catalog_changeevent_changelist')}?q=testfam-one").content.decode()
    assert "name changed from One to Renamed" in events
    assert "content-editor" in events
    assert "Catalog file" in events
    for row in (revision, revision.events.get()):
        assert desk.post(change(row), {"reason": "Another"}).status_code == 403
        assert 'name="_save"' not in desk.get(change(row)).content.decode()


def test_a_source_says_when_it_was_read(desk, variant):
    sent = {"checked_on": "2026-11-20", "source_label": "Docs", "source_url": "example.com/docs"}
    saved(desk, variant, sent)
    assert (variant.checked_on, variant.source_url) == (date(2026, 11, 20), "https://example.com/docs")


@pytest.mark.slow
def test_every_provider_and_family_of_the_catalog_opens_and_saves(desk):
    for row in (*Provider.objects.all(), *Family.objects.all()):
        answer = desk.post(change(row), filled(desk.get(change(row))))
        assert answer.status_code == 302, (row, errors(answer))


@pytest.mark.slow
@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("For %{model} only.", "looks like a placeholder"),
        ("Take {{ this }}.", "looks like a placeholder"),
        ("Say &quot;yes&quot;.", "is an HTML entity"),
    ],
)
def test_what_no_visitor_should_read_is_refused_where_it_is_written(desk, variant, text, words):
    assert words in refused(desk, variant, {"overview": text})


def test_placeholders_may_stand_in_code(desk, variant):
    saved(desk, variant, {"overview": "Send `${HOME}` and\n\n```\n{{ x }} &amp;\n```\n"})
