"""`/livez` and `/readyz`: up, ready, and the reason where not."""

import pytest
from django.db import OperationalError, connection

from catalog.models import Document, triggers
from config import health

pytestmark = [pytest.mark.django_db, pytest.mark.writes]


def test_a_site_with_a_catalog_is_up_and_ready(client):
    for path in ("/livez", "/readyz"):
        answer = client.get(path)
        assert (answer.status_code, answer.content) == (200, b"ok\n")
        assert "no-store" in answer["Cache-Control"]
        assert answer["Content-Type"].startswith("text/plain")


def test_without_a_database_the_site_is_up_and_not_ready(client, monkeypatch):
    def away(*_args, **_kwargs):
        raise OperationalError("the password is hunter2")

    monkeypatch.setattr(health, "MigrationExecutor", away)
    monkeypatch.setattr(connection, "cursor", away)
    assert client.get("/livez").status_code == 200
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"The database does not answer. Try again in a few seconds.\n",
    )


def test_an_empty_catalog_is_not_ready(client):
    Document.objects.all().delete()
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"load_catalog" in answer.content


@pytest.mark.parametrize("table", ["catalog_variant", "catalog_document"])
def test_a_catalog_whose_tables_are_missing_is_not_ready(client, table):
    with connection.cursor() as cursor:
        cursor.execute(f"ALTER TABLE {table} RENAME TO lost")
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"The tables of the catalog cannot be read.\n")


def test_a_database_without_its_guards_is_not_ready(client, monkeypatch):
    monkeypatch.setattr(triggers, "missing", lambda _connection: ["catalog_price_kept"])
    answer = client.get("/readyz")
    assert answer.status_code == 503
    assert b"catalog_price_kept" in answer.content


def test_unapplied_migrations_are_not_ready(client, monkeypatch):
    monkeypatch.setattr(health.MigrationExecutor, "migration_plan", lambda *_args: ["0009"])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (
        503,
        b"Migrations are not applied: run manage.py migrate.\n",
    )


def test_the_guards_stand_in_the_database_of_the_tests():
    assert triggers.missing(connection) == []
