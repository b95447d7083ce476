"""A condition whose name is a slip of a known one is refused where the parameters of the model are known."""

from decimal import Decimal

import pytest
from django.utils import timezone

from catalog.models import ChangeSet, Parameter, Price, PriceEdit
from catalog.publishing import change_sets
from catalog.publishing.change_sets import approve
from catalog.publishing.drafts import PriceDraft, draft
from catalog.publishing.price_changes import RefusedLinesError
from desk import DESK, WHY
from price_desk import GOOD, NEW, refused, to
from rows import a_price, a_variant

pytestmark = pytest.mark.django_db

SLIPS = [
    ('{"service_teir": "batch"}', "service_tier"),
    ('{"serviceTier": "batch"}', "service_tier"),
    ('{"ouput_resolution": "1k"}', "output_resolution"),
    ('{"Output_Resolution": "1k"}', "output_resolution"),
]
MISNAMED = {"service_teir": "batch"}


@pytest.fixture
def variant(db):
    """A model with a parameter."""
    variant = a_variant("testfam-drawn")
    Parameter.objects.create(variant=variant, action="draw", name="output_resolution")
    return variant


@pytest.fixture
def misnamed(variant):
    """A price that the last release let in."""
    return a_price(variant, conditions=MISNAMED)


@pytest.mark.parametrize(("conditions", "meant"), SLIPS)
def test_a_slip_is_refused_with_the_name_that_was_meant(desk, variant, conditions, meant):
    said = refused(desk, variant, to("price_new", variant.pk), NEW | {"conditions": conditions})
    assert f"Did you mean {meant}?" in said
    assert not ChangeSet.objects.exists()


@pytest.mark.parametrize(("conditions", "meant"), SLIPS[:2])
def test_without_parameters_it_is_asked_and_not_refused(desk, conditions, meant):
    variant = a_variant("testfam-bare")
    answer = desk.post(to("price_new", variant.pk), NEW | {"conditions": conditions})
    page = desk.get(answer["Location"]).content.decode()
    assert f"no parameter of the model is known. Did you mean {meant}?" in page
    desk.post(answer["Location"], {"_approve": "1", "phrase": "confirm 1"})
    assert Price.objects.get(variant=variant)


def test_a_built_in_condition_and_a_parameter_are_not_asked_about(desk, variant):
    known = {"images": "service_tier", "pages": "output_resolution", "requests": "input_mode"}
    for meter, name in known.items():
        sent = NEW | {"meter": meter, "per": "", "conditions": f'{{"{name}": "video"}}'}
        assert desk.post(to("price_new", variant.pk), sent)["Location"] == to("variant_change", variant.pk)
    assert Price.objects.filter(variant=variant).count() == 3


def test_a_misnamed_price_gets_no_successor_and_can_be_ended(desk, variant, misnamed):
    said = refused(desk, variant, to("price_succeed", misnamed.pk), GOOD)
    assert "Did you mean service_tier? End this price and add one under the right name." in said
    page = desk.post(DESK, {**WHY, "_cells": "1", f"sell-{misnamed.pk}": "1.6"}).content.decode()
    assert "testfam-drawn: sell input_tokens: The condition service_teir" in page
    answer = desk.post(DESK, {**WHY, "_cells": "1", f"sell-{misnamed.pk}": "end"})
    desk.post(answer["Location"], {"_approve": "1"})
    assert not Price.objects.at(timezone.now()).filter(variant=variant).exists()


def test_a_draft_of_the_last_release_is_refused_when_it_is_approved(variant):
    """So is one whose model has had its parameters recorded since."""
    found = ChangeSet.objects.create(
        reason="Drafted before", source_label="List", created_at=timezone.now()
    )  # fmt: skip
    PriceEdit.objects.create(
        change_set=found, variant=variant, kind="sell", meter="input_tokens", per=1_000_000,
        conditions=MISNAMED, conditions_key='{"service_teir":"batch"}', amount=Decimal(1),
    )  # fmt: skip
    with pytest.raises(RefusedLinesError, match="Did you mean service_tier"):
        approve(found, None)
    assert not Price.objects.filter(variant=variant).exists()


@pytest.mark.clock(goes_on=True)  # one write comes after the other
def test_an_undo_may_bring_a_misnamed_price_back(desk, variant, misnamed):
    end = PriceDraft.end(misnamed)
    ended = approve(draft(None, reason="It is not sold so", source_label="List", edits=[end]), None)
    back = change_sets.undo(ended, None)
    page = desk.get(to("changeset_review", back.pk)).content.decode()
    assert "Did you mean service_tier?" in page
    desk.post(to("changeset_review", back.pk), {"_approve": "1", "phrase": "confirm 1"})
    assert Price.objects.at(timezone.now()).get(variant=variant).conditions == MISNAMED
