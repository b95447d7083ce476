"""What the list of disagreements holds: amounts over one per cent apart, other states, and blanks of ours."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from catalog.history.disagreements import disagreements
from catalog.history.source_claims import field_views
from catalog.models import Document, SourceClaim
from catalog.publishing.publish import publish
from catalog.records.record import read_record
from catalog.vocabulary import Origin
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db

AT = datetime(2030, 6, 1, tzinfo=UTC)
INPUT = "prices.list.input_tokens"


def price(amount, *, state="known", currency="USD", per=1_000_000):
    return {"state": state, "amount": amount, "per": per, "currency": currency}


FREE, DYNAMIC = price("0", state="free"), price(None, state="dynamic")


def claim(variant, value, source="litellm", field=INPUT):
    with publish(actor=None, origin=Origin.FILE, reason="Test") as edition:
        SourceClaim.objects.create(
            variant=variant,
            source=source,
            listed_as=f"{source}/{variant}",
            field=field,
            value=value,
            as_of=AT.date(),
            revision_id=edition.begin(),
        )


def listed(variant):
    """What is listed of a model: the field, who says so, how far apart, and whether it is between them."""
    return [
        (one.field, one.saying.source, one.apart)
        for one in disagreements(AT, after=variant.pk - 1)
        if one.variant_pk == variant.pk
    ]


@pytest.mark.parametrize(
    ("shown", "said", "is_listed"),
    [
        (FREE, price("3"), True),
        (FREE, price("0"), False),
        (FREE, FREE, False),
        (FREE, price("3", currency="EUR"), True),
        (DYNAMIC, price("3"), True),
        (DYNAMIC, DYNAMIC, False),
        (DYNAMIC, FREE, True),
        (price("3"), FREE, True),
        (price("3"), DYNAMIC, True),
        (price("3"), price("3.03"), False),
        (price("3"), price("3.04"), True),
        (price("3"), price("0.003", per=1_000), False),
        # Without a rate of exchange it is not known how far apart these are.
        (price("3"), price("3", currency="EUR"), False),
        (price("3", currency="EUR"), price("3.1", currency="EUR"), True),
        (price("3", currency="EUR"), price("0.003", currency="EUR", per=1_000), False),
    ],
)
def test_another_amount_or_state_is_listed(shown, said, is_listed):
    variant = a_variant()
    amount = None if shown["amount"] is None else Decimal(shown["amount"])
    a_price(variant, kind="list", state=shown["state"], amount=amount, currency=shown["currency"])
    claim(variant, said)
    assert [row[:2] for row in listed(variant)] == ([(INPUT, "litellm")] if is_listed else [])


def test_where_the_catalog_states_nothing_two_others_that_differ_are_both_listed():
    variant = a_variant(context_window=None, max_output_tokens=None)
    claim(variant, price("3"), "litellm")
    claim(variant, price("3.3"), "openrouter")
    claim(variant, 1_000, "litellm", "context_window")
    claim(variant, 1_010, "openrouter", "context_window")
    claim(variant, 4_000, "litellm", "max_output_tokens")
    assert listed(variant) == [(INPUT, "litellm", Decimal(10)), (INPUT, "openrouter", Decimal(10))]


def test_a_blank_of_which_one_says_free_and_the_other_an_amount_is_listed():
    variant = a_variant()
    claim(variant, FREE, "litellm")
    claim(variant, price("3"), "openrouter")
    assert listed(variant) == [(INPUT, "litellm", None), (INPUT, "openrouter", None)]


def test_one_catalog_that_says_two_things_of_a_blank_is_no_two_catalogs():
    variant = a_variant()
    claim(variant, price("3"))
    claim(variant, price("4"), field=f'{INPUT}{{"batch":true}}')
    assert listed(variant) == []


def test_an_amount_that_is_written_otherwise_is_the_same_amount():
    variant = a_variant()
    claim(variant, price("3.0"), "litellm")
    claim(variant, price("3"), "openrouter")
    (view,) = field_views(read_record(Document.objects.get(pk=variant.pk).body), AT)[-1:]
    assert (view.field, view.disagrees) == (INPUT, False)


def test_the_admin_lists_free_against_an_amount_and_two_that_differ_of_a_blank(admin_client):
    variant, blank = a_variant("testfam-free"), a_variant("testfam-blank")
    a_price(variant, kind="list", state="free", amount=0)
    claim(variant, price("3"))
    claim(blank, 1_000, "litellm", "context_window")
    claim(blank, 2_000, "openrouter", "context_window")
    page = admin_client.get("/admin/catalog/sourceclaim/disagreements/").content.decode()
    assert "<td>Free</td>" in page
    assert "3 USD per 1M tokens" in page
    assert "Free against 3 USD per 1M tokens" in page
    assert page.count("100% between catalogs") == 2


@pytest.mark.parametrize(("said", "agrees"), [(True, False), (False, True)])
def test_a_no_of_this_catalog_stands_beside_what_others_say(said, agrees):
    variant = a_variant()
    with publish(actor=None, origin=Origin.FILE, reason="Test") as edition:
        edition.change(variant, {"lacks": ["vision"]})
    claim(variant, said, field="capabilities.vision")
    record = read_record(Document.objects.get(variant=variant).body)
    view = next(view for view in field_views(record, AT) if view.field == "capabilities.vision")
    assert view.shown is False
    assert [saying.agrees for saying in view.says] == [agrees]
    assert view.disagrees is not agrees


def test_what_follows_from_other_facts_names_no_source():
    variant = a_variant(input_modalities=["text", "image"], output_modalities=["text"])
    record = read_record(Document.objects.get(variant=variant).body)
    view = next(view for view in field_views(record, AT) if view.field == "capabilities.vision")
    assert (view.shown, view.source) == (True, None)
    assert view.why == "It follows from what else is on record."
