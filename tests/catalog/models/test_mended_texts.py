"""Texts that were stored before anybody refused them are mended, in every column there is."""

from datetime import UTC, date, datetime
from importlib import import_module
from types import SimpleNamespace

import pytest
from django.apps import apps
from django.db import DatabaseError, connection, models, transaction

import clock
import live
from catalog.models import (
    ChangeEvent,
    Document,
    Family,
    Faq,
    Price,
    Provider,
    SearchEntry,
    StatusEvent,
    UseCase,
    triggers,
)
from catalog.publishing import build_records
from catalog.records.record import read_record
from catalog.text.clean_markdown import clean
from catalog.text.identifiers import unwanted
from databases import FILES, SMALL
from rows import a_price, a_variant
from small import EMBEDDING

pytestmark = pytest.mark.django_db
migration = import_module("catalog.migrations.0015_mended_texts")
PLANTED = "a\u202eb\x01c\u2066"
LINES = f"One\r\n{PLANTED}\rTwo"
BAD = (
    "Good. <script>alert(1)</script>[x](javascript:alert(1)) `<b>`\r\n\r\n```\r\n<script>kept</script>\r\n```"
)

# Fields that hold rows, each with one of its texts.
ROWS = {"best_for": "title", "end_of_life": "platform", "links": "kind", "price_factors": "value"}


def mend():
    """What `migrate` does."""
    migration.mend(apps, SimpleNamespace(connection=connection))
    done = SimpleNamespace(name=build_records.MENDED)
    build_records.after_migrate("default", plan=[(done, False)])


def texts_of(kind):
    return [field for field in kind._meta.concrete_fields if migration._holds_text(field)]


def a_row(kind):
    """A row of any class, with values made up from its columns."""
    if found := kind._default_manager.order_by("-pk").first():
        return found
    values = {field.name: made_up(field) for field in kind._meta.concrete_fields if not is_left_out(field)}
    return kind._default_manager.create(**values)


def is_left_out(field):
    return (
        (field.primary_key and not field.is_relation)
        or (field.null and not field.choices)
        or field.has_default()
    )


def made_up(field):
    if field.is_relation:
        return a_row(field.related_model)
    if field.choices:
        return field.choices[0][0]
    made = {
        models.DateTimeField: datetime(2026, 11, 1, tzinfo=UTC),
        models.DateField: date(2026, 11, 1),
        models.JSONField: {},
        models.BinaryField: b"",
    }
    return next(
        (value for kind, value in made.items() if isinstance(field, kind)),
        1 if "Integer" in type(field).__name__ else "x",
    )


def planted_value(field, row):
    """What is held there, with what no text may hold; None where that does not fit."""
    held = getattr(row, field.name)
    if isinstance(field, models.JSONField):
        if field.name in ROWS:
            return [*held, {ROWS[field.name]: PLANTED}]
        if isinstance(held, list):
            return [*held, PLANTED]
        return {**(held if isinstance(held, dict) else {}), "k": [LINES]}
    if isinstance(field, models.TextField):
        return (
            f"{held}\r\n\u202e" if "\n" in held or field.name in migration.MARKDOWN else f"{held}\u202e\x01"
        )
    return f"{held}\u202e\x01" if len(held) + 2 <= field.max_length else None


def plant():
    """Plant in every text column of every table; name those that took it."""
    took = set()
    for kind in apps.get_app_config("catalog").get_models():
        if kind._meta.model_name in migration.COMPUTED:
            continue
        row = a_row(kind)
        for field in texts_of(kind):
            value = planted_value(field, row)
            try:
                with transaction.atomic():
                    kind._default_manager.filter(pk=row.pk).update(**{field.name: value})
                    took.add(f"{kind.__name__}.{field.name}")
            except DatabaseError:
                assert value is None or field.choices, field
    return took


def strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from (*strings(key), *strings(item))
    elif isinstance(value, list):
        for item in value:
            yield from strings(item)


def faults():
    """Every text in any table of the catalog that no text may be."""
    for kind in apps.get_app_config("catalog").get_models():
        for field in texts_of(kind):
            has_lines = isinstance(field, models.TextField | models.JSONField)
            for value in kind._default_manager.values_list(field.name, flat=True):
                held = read_record(value) if kind is Document else value
                for text in strings(held):
                    if fault := unwanted(text, lines=has_lines or kind is Document):
                        yield f"{kind.__name__}.{field.name}: {fault}"


def test_every_text_column_is_mended_wherever_it_is():
    variant = a_variant("testfam-one")
    a_price(variant, effective_from=datetime(2031, 1, 1, tzinfo=UTC))
    took = plant()
    assert len(took) > 60, took
    assert {
        "Price.note",
        "ChangeEvent.after",
        "Webhook.name",
        "StatusEvent.message",
        "Parameter.default",
    } <= took
    found = list(faults())
    assert len({fault.partition(":")[0] for fault in found}) >= len(took)
    mend()
    assert list(faults()) == []


def test_a_price_in_force_is_mended_and_its_guard_stands_again():
    price = a_price(a_variant("testfam-one"))
    with migration._prices_may_be_written(connection, is_needed=True):
        Price.objects.filter(pk=price.pk).update(note=PLANTED, source_label=PLANTED)
    mend()
    price.refresh_from_db()
    assert (price.note, price.source_label) == ("abc", "abc")
    assert triggers.missing(connection) == []
    with pytest.raises(DatabaseError, match="never edited"), transaction.atomic():
        Price.objects.filter(pk=price.pk).update(note="Other")
    assert read_record(price.variant.document.body)["prices"][0]["note"] == "abc"


def test_markdown_is_cleaned_in_rows_records_and_history_and_code_is_kept():
    variant = a_variant("testfam-one")
    for row, name in ((variant, "overview"), (variant.family, "overview")):
        type(row).objects.filter(pk=row.pk).update(**{name: BAD})
    faq = Faq.objects.create(variant=variant, question="Q?", answer=BAD)
    case = UseCase.objects.create(variant=variant, title="T", body=BAD)
    event = ChangeEvent.objects.filter(variant=variant).first()
    ChangeEvent.objects.filter(pk=event.pk).update(
        summary="testfam-one: overview changed from not stated to <script>alert(1)</script>",
        after={"overview": BAD},
    )
    mend()
    right = clean(BAD.replace("\r\n", "\n"))
    assert right == "Good. x `<b>`\n\n```\n<script>kept</script>\n```"
    for row in (variant, variant.family, faq, case, event):
        row.refresh_from_db()
    assert {variant.overview, variant.family.overview, faq.answer, case.body, event.after["overview"]} == {
        right
    }
    assert "<script" not in event.summary
    record = read_record(Document.objects.get(variant=variant).body)
    assert [record["overview"], record["faq"][0]["answer"], record["best_for"][0]["body"]] == [right] * 3
    assert Document.objects.filter(revision=0).count() == 0


def test_a_mended_name_is_found_by_what_it_is_now():
    variant = a_variant("testfam-one")
    Family.objects.filter(pk=variant.family_id).update(name="Bea\u202econ")
    Provider.objects.create(slug="alone", name="Al\u2066one Labs")
    mend()
    titles = set(SearchEntry.objects.filter(kind__in=["family", "provider"]).values_list("title", flat=True))
    assert {"Beacon", "Alone Labs"} <= titles
    assert read_record(variant.document.body)["family"]["name"] == "Beacon"


def test_what_is_as_it_should_be_is_not_written_and_a_run_broken_off_goes_on(django_assert_max_num_queries):
    with django_assert_max_num_queries(60):
        mend()
    variant = a_variant("testfam-one")
    StatusEvent.objects.create(variant=variant, severity="outage", message=PLANTED, started_at=clock.NOON)
    migration.mend(apps, SimpleNamespace(connection=connection))
    assert Document.objects.get(variant=variant).revision == 0  # broken off here
    build_records.after_migrate("default")
    assert Document.objects.get(variant=variant).revision > 0
    assert read_record(Document.objects.get(variant=variant).body)["status_events"][0]["message"] == "abc"


def test_a_row_that_its_neighbour_does_not_allow_stays_and_this_is_said(capsys):
    for slug in ("one", "one\u202e"):
        Provider.objects.create(slug=slug, name="One")
    mend()
    assert "catalog.Provider" in capsys.readouterr().err
    assert Provider.objects.filter(slug="one\u202e").exists()


def test_migrate_mends_a_database_that_is_there(tmp_path, empty_database):
    """The whole command, on a database of its own, forwards, back and forwards again."""
    settings = {
        "DATABASE_URL": f"sqlite:///{tmp_path}/c.sqlite3",
        "CATALOG_VAR": tmp_path,
        "DEBUG": "on",
        **empty_database,
    }

    def run(*arguments):
        ended = live.manage(*arguments, **settings)
        assert ended.returncode == 0, ended.stderr
        return ended.stdout

    run("migrate", "--verbosity", "0")
    run("import_catalog", FILES[SMALL])
    run("migrate", "catalog", "0014", "--verbosity", "0")
    size = (
        "from django.db import connection\n"
        "with connection.cursor() as cursor:\n"
        "    query = 'SELECT max_output_tokens FROM catalog_variant WHERE model_id = %s'\n"
        f"    cursor.execute(query, ['{EMBEDDING}'])\n"
        "    print(cursor.fetchone())"
    )
    # Release 0.1.0 calls the size of a vector so.
    assert run("shell", "--no-imports", "-c", size).strip().endswith("(1536,)")
    plant = (
        "from catalog.models import *\n"
        "row = Family.objects.filter(slug='linden')\n"
        "row.update(name='Lin\\u202eden', overview='<script>x</script>A\\r\\nB')"
    )
    run("shell", "--no-imports", "-c", plant)
    run("migrate", "--verbosity", "0")
    show = (
        "from catalog.models import *; from catalog.records.record import read_record\n"
        "row = Family.objects.get(slug='linden')\n"
        "body = read_record(Document.objects.filter(variant__family=row).first().body)\n"
        "print([row.name, row.overview, body['family']['name'], body['overview']])"
    )
    said = run("shell", "--no-imports", "-c", show)
    assert said.strip().endswith("['Linden', 'A\\nB', 'Linden', 'A\\nB']")
    assert run("shell", "--no-imports", "-c", size).strip().endswith("(None,)")
    run("migrate", "--check", "--verbosity", "0")
