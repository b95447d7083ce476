"""What the database itself refuses, on SQLite and on PostgreSQL, whoever asks and however."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.checks import run_checks
from django.db import DatabaseError, connection, transaction
from django.db.models import ProtectedError
from django.utils import timezone

from catalog.models import Price, Variant, triggers
from rows import a_family, a_price, a_variant, price_row

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)


def refused(statement: str, *values: object) -> str:
    """Run a statement that the database must refuse, past all Python; give its words."""
    with pytest.raises(DatabaseError) as refusal, transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(statement, values)
    return str(refusal.value)


def refused_in_the_end(statements: list[tuple]) -> None:
    """Run statements whose sum must be refused: whether a referred row exists is asked at the end."""

    def run():
        with transaction.atomic(), connection.cursor() as cursor:
            for statement, *values in statements:
                cursor.execute(statement, values)
            connection.check_constraints()

    with pytest.raises(DatabaseError):
        run()


def save_refused(row: Price | Variant) -> None:
    with pytest.raises(DatabaseError), transaction.atomic():
        row.save(force_insert=row.pk is None)


@pytest.mark.parametrize(
    ("state", "amount"),
    [
        ("known", "-1"),
        ("known", "0"),
        ("known", None),
        ("free", "-0.000000001"),
        ("free", "1"),
        ("free", None),
        ("dynamic", "1"),
        ("on_request", "0"),
        ("unknown", "1"),
    ],
)
def test_an_amount_that_does_not_fit_its_state_is_refused(state, amount):
    variant = a_variant()
    save_refused(price_row(variant, state=state, amount=amount and Decimal(amount)))
    assert not variant.prices.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"kind": "cost"},
        {"per": 0},
        {"effective_until": timezone.now() - 3 * HOUR},
        {"minimum": Decimal(0)},
        {"step": Decimal(-1)},
        {"is_promotion": True},
    ],
)
def test_a_price_that_makes_no_sense_is_refused(fields):
    save_refused(price_row(a_variant(), **fields))


def test_a_price_needs_a_model_that_exists():
    price = a_price(a_variant(), effective_from=timezone.now() + HOUR)
    refused_in_the_end([("UPDATE catalog_price SET variant_id = %s WHERE id = %s", 10**9, price.pk)])


def test_two_prices_of_one_component_never_overlap():
    variant, now = a_variant(), timezone.now()
    held = a_price(variant, effective_from=now - HOUR, effective_until=now + HOUR)
    for start, end in [
        (-1, 1),
        (-2, None),
        (-2, 2),
        (0, None),
        (0, 0.5),
        (-2, -0.999),
        (0.999, None),
        (-3, 1.001),
    ]:
        until = None if end is None else now + end * HOUR
        save_refused(price_row(variant, effective_from=now + start * HOUR, effective_until=until))
    assert list(variant.prices.all()) == [held]


def test_prices_may_touch_and_stand_beside_others():
    variant, now = a_variant(), timezone.now()
    a_price(variant, effective_from=now - HOUR, effective_until=now + HOUR)
    a_price(variant, effective_from=now + HOUR)
    a_price(variant, effective_from=now - 2 * HOUR, effective_until=now - HOUR)
    a_price(variant, kind="list")
    a_price(variant, meter="output_tokens")
    a_price(variant, conditions={"service_tier": "batch"})
    a_price(a_variant())
    assert variant.prices.count() == 6


def test_an_update_may_not_make_an_overlap_either():
    variant, now = a_variant(), timezone.now()
    first = a_price(variant, effective_from=now + HOUR, effective_until=now + 2 * HOUR)
    second = a_price(variant, effective_from=now + 2 * HOUR)
    batch = a_price(variant, effective_from=now + 2 * HOUR, conditions={"service_tier": "batch"})
    table = "UPDATE catalog_price SET"
    said = refused(f"{table} effective_until = %s WHERE id = %s", now + 3 * HOUR, first.pk)
    said += refused(f"{table} effective_until = NULL WHERE id = %s", first.pk)
    said += refused(f"{table} effective_from = %s WHERE id = %s", now + 1.5 * HOUR, second.pk)
    said += refused(f"{table} conditions_key = '{{}}' WHERE id = %s", batch.pk)
    said += refused(f"{table} meter = 'input_tokens', conditions_key = '{{}}' WHERE id = %s", batch.pk)
    assert said


ATTEMPTS = {
    "variant_id": "variant_id + 1",
    "kind": "'list'",
    "state": "'free', amount = 0",
    "meter": "'output_tokens'",
    "per": "1000",
    "amount": "2",
    "currency": "'EUR'",
    "conditions": """'{"service_tier": "batch"}'""",
    "conditions_key": "'x'",
    "minimum": "10",
    "step": "0.5",
    "is_promotion": "NOT is_promotion",
    "factor": "0.5",
    "effective_from": "'2020-01-01 00:00:00'",
    "source_url": "'https://example.com/other'",
    "source_label": "'Another'",
    "note": "'Another'",
    "reason": "'Another'",
    "origin": "'admin'",
    "revision_id": "0",
}


def test_every_column_of_a_price_is_tried():
    columns = {field.column for field in Price._meta.concrete_fields}
    assert columns - {"id", *triggers.LEARNED} == set(ATTEMPTS) == set(triggers.FROZEN)


@pytest.mark.slow
@pytest.mark.parametrize("column", ATTEMPTS)
@pytest.mark.parametrize("is_closed", [False, True])
def test_a_price_in_force_or_past_is_immutable(column, is_closed):
    until = timezone.now() - HOUR / 2 if is_closed else None
    price = a_price(a_variant(), effective_until=until)
    said = refused(f"UPDATE catalog_price SET {column} = {ATTEMPTS[column]} WHERE id = %s", price.pk)
    assert triggers.IMMUTABLE in said


def test_a_price_in_force_can_be_closed_reopened_and_read_again():
    price, now = a_price(a_variant()), timezone.now()
    for until in (now + HOUR, now + 2 * HOUR, None, now + HOUR):
        Price.objects.filter(pk=price.pk).update(effective_until=until, checked_on=now.date())
    price.refresh_from_db()
    assert price.effective_until == now + HOUR


def test_a_price_that_has_ended_stays_ended():
    ended = timezone.now() - HOUR / 2
    price = a_price(a_variant(), effective_until=ended)
    for until in (None, timezone.now() + HOUR, ended + HOUR / 4):
        assert triggers.IMMUTABLE in refused(
            "UPDATE catalog_price SET effective_until = %s WHERE id = %s", until, price.pk
        )


def test_an_announced_price_can_be_edited_and_taken_back():
    price = a_price(a_variant(), effective_from=timezone.now() + HOUR)
    Price.objects.filter(pk=price.pk).update(amount=Decimal(2), source_label="Corrected")
    assert Price.objects.filter(pk=price.pk).delete()[0] == 1


def test_a_price_that_has_taken_effect_is_never_deleted():
    variant = a_variant()
    price = a_price(variant)
    past = a_price(variant, kind="list", effective_until=timezone.now() - HOUR / 2)
    for row in (price, past):
        assert triggers.IMMUTABLE in refused("DELETE FROM catalog_price WHERE id = %s", row.pk)
        with pytest.raises(DatabaseError), transaction.atomic():
            row.delete()
    with pytest.raises(ProtectedError):
        variant.delete()
    assert variant.prices.count() == 2


def test_a_slug_stands_once_in_its_family():
    held = a_variant()
    save_refused(Variant(model_id="testfam-other", family=held.family, slug=held.slug))
    other = a_variant("otherfam-same", family=a_family("otherfam"), slug=held.slug)
    assert refused("UPDATE catalog_variant SET family_id = %s WHERE id = %s", held.family_id, other.pk)


@pytest.mark.parametrize("fields", [{"slug": ""}, {"model_id": ""}])
def test_a_model_has_an_id_and_a_slug(fields):
    save_refused(Variant(**{"model_id": "testfam-x", "slug": "x", "family": a_family(), **fields}))


def test_a_model_id_belongs_to_one_model():
    save_refused(Variant(model_id=a_variant().model_id, family=a_family(), slug="another"))


def test_a_replacement_exists_and_is_another_model():
    variant = a_variant()
    change = "UPDATE catalog_variant SET replacement_id = %s WHERE id = %s"
    assert refused(change, variant.pk, variant.pk)
    refused_in_the_end([(change, 10**9, variant.pk)])


def test_a_replacement_is_not_deleted_under_the_model_that_names_it():
    replacement = a_variant()
    variant = a_variant(replacement=replacement)
    with pytest.raises(ProtectedError):
        replacement.delete()
    children = ("catalog_document", "catalog_facetvalue", "catalog_changeevent")
    refused_in_the_end(
        [
            *((f"DELETE FROM {table} WHERE variant_id = %s", replacement.pk) for table in children),
            ("DELETE FROM catalog_variant WHERE id = %s", replacement.pk),
        ]
    )
    variant.refresh_from_db()
    assert variant.replacement == replacement


def test_the_guards_stand_in_a_migrated_database():
    assert triggers.missing(connection) == []
    assert run_checks(databases=["default"], include_deployment_checks=True, tags=["database"]) == []


@pytest.mark.engine("sqlite")
@pytest.mark.parametrize("name", triggers.SQLITE_TRIGGERS)
def test_a_trigger_that_is_gone_is_named_and_put_back(name):
    with connection.cursor() as cursor:
        cursor.execute(f"DROP TRIGGER {name}")
    _is_named_and_put_back(name)


@pytest.mark.engine("postgresql")
@pytest.mark.parametrize(
    ("name", "verb"), [(triggers.POSTGRES_CONSTRAINT, "CONSTRAINT"), (triggers.POSTGRES_TRIGGER, "TRIGGER")]
)
def test_a_constraint_that_is_gone_is_named_and_put_back(name, verb):
    drop = f"DROP TRIGGER {name} ON catalog_price"
    if verb == "CONSTRAINT":
        drop = f"ALTER TABLE catalog_price DROP CONSTRAINT {name}"
    with connection.cursor() as cursor:
        cursor.execute(drop)
    _is_named_and_put_back(name)


@pytest.mark.engine("postgresql")
def test_a_trigger_that_is_switched_off_counts_as_gone():
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE catalog_price DISABLE TRIGGER {triggers.POSTGRES_TRIGGER}")
    _is_named_and_put_back(triggers.POSTGRES_TRIGGER)


def _is_named_and_put_back(name: str) -> None:
    assert triggers.missing(connection) == [name]
    (error,) = run_checks(databases=["default"], include_deployment_checks=True, tags=["database"])
    assert (error.id, error.is_serious()) == ("catalog.E001", True)
    assert name in error.msg
    assert "manage.py migrate" in error.hint
    triggers.after_migrate("default")
    assert triggers.missing(connection) == []


def test_a_database_without_tables_passes_the_check(django_assert_max_num_queries, monkeypatch):
    monkeypatch.setattr(connection.introspection, "table_names", lambda *_args, **_kwargs: [])
    with django_assert_max_num_queries(1):
        assert run_checks(databases=["default"], include_deployment_checks=True, tags=["database"]) == []


def test_checks_that_name_no_database_do_not_ask_one(django_assert_num_queries):
    with django_assert_num_queries(0):
        run_checks(include_deployment_checks=False)
