"""The admin guide names the groups, the buttons and the rules that the admin has."""

import re

import pytest
from django.contrib import admin
from django.contrib.auth.models import Group, Permission
from django.urls import reverse

import docs_source
from catalog.admin.price_forms import SHORTEST_REASON
from catalog.models import Variant
from catalog.vocabulary import Severity
from small import TOKENS

PAGE = "admin-guide"
WORDS = {
    "aliases": "alias",
    "change sets": "changeset",
    "endpoints": "endpoint",
    "families": "family",
    "FAQ": "faq",
    "former addresses": "formerslug",
    "imports": "importfile",
    "models": "variant",
    "parameters": "parameter",
    "prices": "price",
    "providers": "provider",
    "rules": "parameterrule",
    "promises": "promise",
    "sources": "source",
    "status events": "statusevent",
    "use cases": "usecase",
}
"""What the guide calls a class of rows -> its name in permissions."""
COMPUTED = {"Overview", "Lifecycle", "Slug", "Sources", "successor", "revision", "change events"}
"""Words that are bold for their own sake: fields of a model, and terms of the guide."""


def on_screens():
    """The classes of rows that some screen of the admin shows."""
    shown = set(admin.site._registry)
    shown |= {inline.model for registered in admin.site._registry.values() for inline in registered.inlines}
    return {model._meta.model_name for model in shown}


@pytest.mark.django_db
def test_the_groups_may_change_what_the_guide_says():
    """A right that no screen asks for yet is not spoken of."""
    rows = docs_source.table(PAGE, "Groups")
    assert {row[0] for row in rows} == set(Group.objects.values_list("name", flat=True))
    for name, may in rows:
        held = Permission.objects.filter(group__name=name).exclude(codename__startswith="view_")
        rights = {codename.partition("_")[2] for codename in held.values_list("codename", flat=True)}
        assert rights & on_screens() == {word for said, word in WORDS.items() if said in may}


@pytest.mark.django_db
def test_both_groups_read_everything_and_nobody_deletes_what_was_published(rf, admin_user):
    for name in ("price editor", "content editor"):
        viewed = Permission.objects.filter(group__name=name, codename__startswith="view_")
        assert viewed.filter(codename__in=["view_revision", "view_changeevent", "view_price"]).count() == 3
    request = rf.get("/admin/")
    request.user = admin_user
    for model in ("provider", "family", "variant", "price"):
        registered = next(found for found in admin.site._registry if found._meta.model_name == model)
        assert not admin.site._registry[registered].has_delete_permission(request)


@pytest.mark.django_db
def test_every_label_in_bold_stands_in_the_admin(admin_client):
    """Buttons and panels are named as they are labelled."""
    variant = Variant.objects.get(model_id=TOKENS)
    price = variant.prices.filter(effective_until=None).first()
    shown = "".join(
        admin_client.get(address).content.decode()
        for address in (
            reverse("admin:index"),
            reverse("admin:catalog_variant_changelist"),
            reverse("admin:catalog_variant_change", args=[variant.pk]),
            reverse("admin:catalog_price_succeed", args=[price.pk]),
        )
    )
    admin_client.post(reverse("admin:catalog_variant_status", args=[variant.pk, "degraded"]))
    shown += admin_client.get(reverse("admin:catalog_statusevent_changelist")).content.decode()
    bold = set(re.findall(r"\*\*([^*]+)\*\*", docs_source.pages()[PAGE])) - COMPUTED
    assert {"Prices", "Publish the new price", "Close now"} <= bold
    assert [label for label in sorted(bold) if label not in shown] == []


def test_the_list_of_models_searches_and_filters_as_the_guide_says():
    listed = admin.site._registry[Variant]
    titles = [
        getattr(row, "title", row) if not isinstance(row, str) else row.replace("family__", "")
        for row in listed.list_filter
    ]
    text = docs_source.section(PAGE, "The list of models")
    said = text.rpartition("Filter by")[2]
    assert len(titles) == len(re.split(r", | and ", said.strip(" .\n")))
    for word in ("lifecycle", "modality", "provider"):
        assert word in said
        assert any(word in title for title in titles)
    assert {field.rpartition("__")[0] or field for field in listed.search_fields} == {
        *("model_id", "name", "aliases", "family", "family__provider"),
    }
    assert "Search by ID, name, alias, family or provider" in text


def test_the_rules_of_the_price_screen_are_those_of_its_form():
    text = docs_source.section(PAGE, "Change a price")
    assert SHORTEST_REASON == 10
    assert "at least ten characters" in text
    for severity in set(Severity) - {Severity.OPERATIONAL}:
        assert f"**Open: {severity.value}**" in docs_source.section(PAGE, "Declare trouble")
