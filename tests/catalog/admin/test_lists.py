"""The lists of the admin: open to whoever may see them, true now, and as cheap when they are long."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.contrib import admin
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from catalog.models import (
    Alias,
    ChangeEvent,
    Family,
    FormerSlug,
    Price,
    Provider,
    Revision,
    StatusEvent,
    Variant,
)
from rows import a_family, a_price, a_variant
from small import SIBLING

pytestmark = [pytest.mark.django_db, pytest.mark.slow]

HOUR = timedelta(hours=1)
MODELS = [Variant, Family, Provider, Price, StatusEvent, Revision, ChangeEvent, FormerSlug]
VARIANTS = "/admin/catalog/variant/"


def named(model, view: str, *args) -> str:
    return reverse(f"admin:catalog_{model._meta.model_name}_{view}", args=args)


def a_row(model):
    """Some row of a class, made where the tests' catalog has none."""
    variant = a_variant()
    if model is StatusEvent:
        StatusEvent.objects.create(
            variant=variant, severity="outage", message="x", started_at=timezone.now() - HOUR
        )
    if model is FormerSlug:
        FormerSlug.objects.create(variant=variant, family_slug="testfam", slug="old")
    return model.objects.first()


def listed(client, query: str = "") -> list[str]:
    answer = client.get(f"{VARIANTS}?{query}")
    assert answer.status_code == 200
    return [row.model_id for row in answer.context["cl"].result_list]


def cells(client, model_id: str) -> dict[str, str]:
    """What the list says of one model, column by column."""
    answer = client.get(VARIANTS, {"q": model_id})
    row = next(row for row in answer.context["cl"].result_list if row.model_id == model_id)
    columns = ("input_price", "output_price", "health", "stage", "last_checked", "page")
    model_admin = admin.site._registry[Variant]
    said = {name: str(getattr(model_admin, name)(row)) for name in columns}
    page = answer.content.decode()
    assert all(text in page for text in said.values())
    return said


@pytest.mark.parametrize("model", MODELS)
@pytest.mark.parametrize("who", ["desk", "price_desk", "content_desk"])
def test_every_list_and_every_form_opens(request, model, who):
    client, row = request.getfixturevalue(who), a_row(model)
    for address in (named(model, "changelist"), named(model, "change", row.pk)):
        answer = client.get(address)
        assert (address, answer.status_code) == (address, 200)
    assert client.get(f"{named(model, 'changelist')}?q=linden").status_code in (200, 302)
    assert client.get(named(model, "history", row.pk)).status_code == 200
    may_add = admin.site._registry[model].has_add_permission(answer.wsgi_request)
    assert client.get(named(model, "add")).status_code == (200 if may_add else 403)


@pytest.mark.parametrize("model", MODELS)
def test_nobody_deletes(desk, model):
    row = a_row(model)
    assert desk.get(named(model, "delete", row.pk)).status_code == 403
    assert desk.post(named(model, "delete", row.pk), {"post": "yes"}).status_code == 403
    action = {"action": "delete_selected", "_selected_action": row.pk, "post": "yes"}
    desk.post(named(model, "changelist"), action)
    assert type(row).objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize("model", MODELS)
def test_who_has_no_rights_sees_nothing(bare_desk, client, model):
    row = a_row(model)
    for address in (named(model, "changelist"), named(model, "change", row.pk)):
        assert bare_desk.get(address).status_code == 403
        assert client.get(address)["Location"].startswith("/admin/login/")


@pytest.mark.parametrize("model", MODELS)
def test_every_filter_of_every_list_answers(desk, model):
    a_row(model)
    model_admin = admin.site._registry[model]
    page = desk.get(named(model, "changelist"))
    specs = page.context["cl"].filter_specs
    # Django leaves a filter out where all rows have one value: nothing could be chosen.
    assert len(specs) <= len(model_admin.list_filter)
    chosen = [choice["query_string"] for spec in specs for choice in spec.choices(page.context["cl"])]
    assert bool(chosen) == bool(specs)
    for query in chosen:
        assert desk.get(f"{named(model, 'changelist')}{query}").status_code == 200, query


def test_the_list_of_models_says_price_status_stage_and_when_it_was_checked(desk):
    variant = a_variant("testfam-shown", lifecycle="active", retires_on=timezone.now().date() + 9 * 24 * HOUR)
    checked = {"checked_on": timezone.now().date()}
    a_price(variant, amount=Decimal("1.875"), **checked)
    a_price(variant, kind="list", amount=Decimal(3))
    a_price(variant, kind="list", meter="output_tokens", amount=Decimal("0.000000001"))
    a_price(variant, meter="output_tokens", effective_from=timezone.now() + HOUR)
    StatusEvent.objects.create(
        variant=variant, severity="degraded", message="x", started_at=timezone.now() - HOUR
    )
    a_price(variant, meter="images", amount=Decimal(1))
    assert cells(desk, "testfam-shown") == {
        "input_price": "$1.875 / 1M tokens",
        "output_price": "list $0.000000001 / 1M tokens",
        "health": "Degraded",
        "stage": "Deprecated",
        "last_checked": str(timezone.now().date()),
        "page": '<a href="/models/testfam/shown">View</a>',
    }


def test_what_is_not_known_is_not_invented(desk):
    a_variant("testfam-bare")
    assert cells(desk, "testfam-bare") == {
        "input_price": "Not on record",
        "output_price": "Not on record",
        "health": "Operational",
        "stage": "Not stated",
        "last_checked": "Never",
        "page": '<a href="/models/testfam/bare">View</a>',
    }
    dynamic = a_variant("testfam-words")
    a_price(dynamic, state="dynamic", amount=None)
    a_price(dynamic, meter="output_tokens", state="free", amount=Decimal(0))
    said = cells(desk, "testfam-words")
    assert (said["input_price"], said["output_price"]) == ("Dynamic", "Free")
    drawn = a_variant("testfam-drawn")
    a_price(drawn, meter="images", amount=Decimal("0.05"))
    assert cells(desk, "testfam-drawn")["input_price"] == "Not by token"
    a_price(drawn, kind="list", state="on_request", amount=None)
    assert cells(desk, "testfam-drawn")["input_price"] == "list on request"


def test_models_are_searched_by_id_name_alias_family_and_provider(desk):
    variant = a_variant("testfam-needle", name="Haystack Model")
    Alias.objects.create(variant=variant, alias_id="zzz-latest")
    for words in ("testfam-needle", "haystack", "zzz-latest", "Testfam", "Test Labs", "labs needle"):
        assert listed(desk, f"q={words}") == ["testfam-needle"], words
    assert listed(desk, "q=no-such-model") == []


def test_models_are_filtered_by_what_is_so_now(desk):
    family, now = a_family("filtered"), timezone.now()

    def model(name, **fields):
        return a_variant(f"filtered-{name}", family=family, **fields)

    model("bare")
    retiring = model("retiring", lifecycle="active", retires_on=(now + 48 * HOUR).date(), modality="video")
    a_price(retiring)
    a_price(model("listed", lifecycle="active"), kind="list")
    a_price(model("announced", lifecycle="preview"), effective_from=now + HOUR)
    ended = model("ended", lifecycle="retired")
    a_price(ended, effective_from=now - 2 * HOUR, effective_until=now - HOUR)
    for variant, span in [
        (retiring, (-1, None)),
        (ended, (-2, -1)),
        (retiring, (-3, -2)),
        (ended, (1, None)),
    ]:
        start, end = span
        StatusEvent.objects.create(
            variant=variant,
            severity="outage",
            message="x",
            started_at=now + start * HOUR,
            ended_at=None if end is None else now + end * HOUR,
        )

    def found(query: str) -> set[str]:
        models = listed(desk, f"q=filtered&{query}")
        assert len(models) == len(set(models))
        return {model_id.removeprefix("filtered-") for model_id in models}

    everyone = {"bare", "retiring", "listed", "announced", "ended"}
    assert found("") == everyone
    assert found("stage=deprecated") == found("modality__exact=video") == {"retiring"}
    assert found("stage=active") == {"listed"}
    assert found("stage=preview") == {"announced"}
    assert found("stage=retired") == {"ended"}
    assert found("stage=unknown") == {"bare"}
    assert found("priced=yes") == {"retiring"}
    assert found("priced=no") == everyone - {"retiring"}
    assert found("status=outage") == {"retiring"}
    assert found("status=operational") == everyone - {"retiring"}
    assert found("status=degraded") == set()
    assert found(f"family__provider__id__exact={family.provider_id}") == everyone


def test_prices_are_filtered_by_time(desk):
    variant, now = a_variant(), timezone.now()
    past = a_price(variant, effective_from=now - 2 * HOUR, effective_until=now - HOUR)
    held = a_price(variant, effective_from=now - HOUR, effective_until=now + HOUR)
    announced = a_price(variant, effective_from=now + HOUR)
    for word, expected in {"past": past, "now": held, "announced": announced}.items():
        answer = desk.get(f"/admin/catalog/price/?q={variant}&time={word}")
        assert list(answer.context["cl"].result_list) == [expected]


@pytest.mark.parametrize("model", [Variant, Family, Price])
def test_a_list_costs_the_same_however_long_it_is(desk, monkeypatch, model):
    counts = set()
    for length in (5, 100):
        monkeypatch.setattr(admin.site._registry[model], "list_per_page", length)
        with CaptureQueriesContext(
            connection,
        ) as captured:
            answer = desk.get(named(model, "changelist"))
        assert len(answer.context["cl"].result_list) == min(length, model.objects.count())
        counts.add(len(captured))
    assert len(counts) == 1
    assert counts.pop() < 12


def test_a_model_page_costs_a_bounded_number_of_queries(desk):
    variant = Variant.objects.get(model_id=SIBLING)
    with CaptureQueriesContext(connection) as captured:
        assert desk.get(named(Variant, "change", variant.pk)).status_code == 200
    assert len(captured) < 40
