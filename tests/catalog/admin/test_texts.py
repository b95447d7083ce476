"""No form of the admin takes a control character, a mark that reorders text, or Markdown with HTML in it."""

import json

import pytest
from django import forms
from django.contrib import admin
from django.urls import reverse

import hostile
from catalog.admin import (
    change_set_review,
    change_sets,
    checked_texts,
    import_form,
    price_forms,
    pricing_desk,
    publishing_admin,
    variant_form,
)
from catalog.models import Family, Faq, Provider, StatusEvent, UseCase, Variant
from catalog.publishing.publish import current_revision
from catalog.text.clean_markdown import clean
from catalog.text.identifiers import LONGEST_NAME, unix_lines
from forms import errors, filled
from rows import a_variant

# Forms refuse, whatever the database.
pytestmark = [pytest.mark.slow, pytest.mark.django_db, pytest.mark.engine("sqlite")]
LETTERS = ["\x01", "\x1b", "\x7f", "\x85", "\u2028", "\u202e", "\u2066", "\u200f", "\u061c"]
"""NUL is refused by Django itself, and half of a surrogate pair cannot be sent."""


def change(row):
    return reverse(f"admin:catalog_{row._meta.model_name}_change", args=[row.pk])


def text_fields(form):
    """The names of the fields of a form that take text."""
    return [name for name, field in form.fields.items() if isinstance(field, forms.CharField)]


def edited(rf, user):
    """Each admin class with its form and those of the rows below it."""
    request = rf.get("/")
    request.user = user
    for model, registered in admin.site._registry.items():
        if model._meta.app_label == "catalog" and registered.has_add_permission(request):
            yield model.__name__, registered.get_form(request)()
            for formset, inline in registered.get_formsets_with_inlines(request):
                yield inline.model.__name__, formset.form()


PLAIN = [
    price_forms.SuccessorForm,
    price_forms.NewPriceForm,
    pricing_desk.WhyForm,
    change_set_review.WhenForm,
    import_form.UploadForm,
]


@pytest.mark.parametrize("letter", LETTERS, ids=ascii)
def test_each_text_field_of_each_form_refuses_it_by_field_number_and_position(rf, administrator, letter):
    seen = set()
    forms_there = [*edited(rf, administrator), *((one.__name__, one()) for one in PLAIN)]
    for owner, form in forms_there:
        for name in text_fields(form):
            field = form.fields[name]
            text = f"ab{letter}c" if not isinstance(field, forms.URLField) else f"https://a.example/{letter}c"
            value = json.dumps({"k": [text]}) if isinstance(field, forms.JSONField) else text
            with pytest.raises(forms.ValidationError) as refusal:
                field.clean(value)
            said = " ".join(refusal.value.messages)
            label = field.label or name.replace("_", " ").capitalize()
            known = f"{label} holds" in said and f"U+{ord(letter):04X} at position" in said
            # What refuses by itself whatever is no address, slug or number says so.
            assert known or isinstance(field, forms.URLField | forms.SlugField | price_forms.AmountField), (
                said
            )
            seen.add((owner, name))
    assert len(seen) > 60
    wanted = {"Faq": "answer", "Variant": "change_reason", "StatusEvent": "message", "Webhook": "name"}
    wanted |= {"Parameter": "default", "ParameterRule": "when", "SuccessorForm": "reason"}
    assert wanted.items() <= seen


def test_every_form_class_of_this_admin_is_one_that_refuses():
    for module in (price_forms, pricing_desk, change_sets, import_form, publishing_admin, variant_form):
        for thing in vars(module).values():
            if isinstance(thing, type) and issubclass(thing, forms.BaseForm):
                assert issubclass(thing, checked_texts.CheckedTexts), thing


def posted(client, row, sent):
    """Post the form of a row as it stands, with some values changed; give what it says is wrong."""
    before = current_revision()
    answer = client.post(change(row), filled(client.get(change(row))) | sent)
    if answer.status_code == 302:
        return ""
    assert current_revision() == before
    return errors(answer)


@pytest.mark.parametrize("letter", ["\x01", "\u202e", "\u2028"], ids=ascii)
def test_each_form_that_is_posted_refuses_it_and_saves_nothing(desk, letter):
    variant = a_variant("testfam-one", name="One", overview="Text")
    Faq.objects.create(variant=variant, question="Q?", answer="A.")
    UseCase.objects.create(variant=variant, title="T", body="B.")
    event = StatusEvent.objects.create(
        variant=variant, severity="outage", message="Down", started_at="2026-11-01T00:00:00Z"
    )
    before, number = current_revision(), 0
    for row in (variant, variant.family, variant.family.provider, event):
        shown = desk.get(change(row))
        sent = filled(shown)
        names = [
            name
            for form in forms_of(shown)
            for name in map(form.add_prefix, text_fields(form))
            if name in sent or name == "change_reason"
        ]
        answer = desk.post(change(row), sent | dict.fromkeys(names, f"a{letter}b"))
        assert answer.status_code == 200
        for name, said in wrong(answer).items():
            assert f"U+{ord(letter):04X}" in said or "Enter a valid" in said or "is not a" in said, name
        assert {*names} <= wrong(answer).keys()
        number += len(names)
    assert number > 25
    assert current_revision() == before


def forms_of(answer):
    """The form that an admin page shows, and those of the rows below it."""
    below = [form for inline in answer.context["inline_admin_formsets"] for form in inline.formset.forms]
    return [answer.context["adminform"].form, *below]


def wrong(answer):
    """What each field of an admin page says is wrong with it."""
    return {
        form.add_prefix(name): " ".join(said)
        for form in forms_of(answer)
        for name, said in form.errors.items()
    }


def test_line_ends_of_a_browser_are_stored_as_those_of_a_file(desk):
    variant = a_variant("testfam-one", overview="One\n\nTwo")
    before = current_revision()
    assert posted(desk, variant, {"overview": "One\r\n\r\nTwo"}) == ""
    assert current_revision() == before
    assert posted(desk, variant, {"overview": "One\r\n\r\nTwo\rThree"}) == ""
    variant.refresh_from_db()
    assert variant.overview == "One\n\nTwo\nThree"


@pytest.mark.parametrize("text", hostile.entries("markdown")[:33:4], ids=range(9))
def test_markdown_that_would_not_be_kept_is_refused_and_its_clean_form_is_stored(desk, text):
    variant = a_variant("testfam-one")
    written = unix_lines(f"Before.\n\n{text}\n\nAfter.")
    kept = clean(written)
    said = posted(desk, variant, {"overview": written})
    if said:
        assert kept != written or "HTML entity" in said or "placeholder" in said
        said = posted(desk, variant, {"overview": kept})
        assert not said or "HTML entity" in said or "placeholder" in said
    else:
        assert kept == written
    if not said:
        variant.refresh_from_db()
        assert variant.overview == kept


@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("One.\n\nA List<String> x.", 'Line 3, at "List<String> x."'),
        ("See ![it](/a.png)", 'Line 1, at "![it](/a.png)"'),
        ("See [it](javascript:x)", 'Line 1, at "[it](javascript:x)"'),
        ("```\nopen", "Close the block of code"),
    ],
)
def test_what_would_not_be_kept_is_named_and_stays_in_the_form(desk, written, said):
    variant = a_variant("testfam-one", overview="Before")
    answer = desk.post(change(variant), filled(desk.get(change(variant))) | {"overview": written})
    assert said in errors(answer)
    assert answer.context["adminform"].form["overview"].value() == written
    variant.refresh_from_db()
    assert variant.overview == "Before"


def test_markdown_of_nothing_but_html_is_refused(desk):
    variant = a_variant("testfam-one")
    assert "nothing is left" in posted(desk, variant, {"overview": "<script>alert(1)</script>"})


@pytest.mark.parametrize("kind", [Provider, Family, Variant])
def test_a_name_is_one_line_of_eighty_characters_and_a_stored_longer_one_may_stay(desk, kind):
    variant = a_variant("testfam-one", name="One")
    row = kind.objects.get(
        **{Provider: {"slug": "test-labs"}, Family: {"slug": "testfam"}, Variant: {"pk": variant.pk}}[kind]
    )
    assert posted(desk, row, {"name": "x" * LONGEST_NAME}) == ""
    assert "at most 80" in posted(desk, row, {"name": "x" * (LONGEST_NAME + 1)})
    assert "U+000A" in posted(desk, row, {"name": "one\ntwo"})
    kind.objects.filter(pk=row.pk).update(name="x" * 150)
    row.refresh_from_db()
    assert posted(desk, row, {"source_label": "Somewhere"}) == ""
    row.refresh_from_db()
    assert (row.name, row.source_label) == ("x" * 150, "Somewhere")
