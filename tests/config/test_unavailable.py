"""A request that the database could not serve: 503 in the form of its address, and one line in the log."""

import json
import logging
import sqlite3
import time
from contextlib import closing
from threading import Event, Thread

import pytest
from django.db import OperationalError, ProgrammingError, connection

from catalog.publishing.database_errors import Trouble, trouble
from config import database_limits, database_slots, database_state, unavailable
from small import TOKENS_PATH

pytestmark = [pytest.mark.django_db, pytest.mark.writes]
WORDS = "The database does not answer. Try again in a few seconds."


@pytest.fixture
def database(monkeypatch):
    """What the process knows of its database, as at the start."""
    known = database_state.Database()
    for module in (database_state, database_slots, unavailable):
        monkeypatch.setattr(module, "database", known)
    return known


@pytest.fixture
def away(client, database, monkeypatch):
    """A visitor of a site whose database is away."""

    def refuse(*_args, **_kwargs):
        raise OperationalError("connection refused")

    monkeypatch.setattr(connection, "cursor", refuse)
    monkeypatch.setattr(connection, "chunked_cursor", refuse)
    client.raise_request_exception = False
    return client


@pytest.mark.parametrize(
    ("path", "content_type"),
    [
        *(
            (path, "text/html; charset=utf-8")
            for path in ("/", "/models", TOKENS_PATH, "/status", "/search?q=a", "/admin/")
        ),
        *((f"{path}.md", "text/markdown; charset=utf-8") for path in ("/models", TOKENS_PATH)),
        *((f"{path}.json", "application/problem+json") for path in (TOKENS_PATH, "/pricing", "/changes")),
        *((path, "application/problem+json") for path in ("/api/v1/models", "/api/v1/exports/litellm")),
        *((path, "text/plain; charset=utf-8") for path in ("/llms.txt", "/changes.atom", "/lifecycle.ics")),
        *((path, "text/plain; charset=utf-8") for path in ("/sitemap.xml", "/models.csv", "/readyz")),
    ],
)
def test_an_address_is_answered_503_in_its_own_form_and_kept_by_nobody(away, path, content_type):
    away.cookies["sessionid"] = "x" * 32
    answer = away.get(path)
    assert (answer.status_code, answer["Content-Type"]) == (503, content_type)
    assert answer["Retry-After"] == "5"
    assert answer["Cache-Control"].startswith("no-store")
    assert "nosniff" in answer["X-Content-Type-Options"]
    if content_type.endswith("json"):
        assert json.loads(answer.content)["detail"] == WORDS
        assert answer["Access-Control-Allow-Origin"] == "*"
    else:
        assert WORDS in answer.content.decode()


def test_markdown_is_answered_to_who_accepts_it(away):
    answer = away.get(TOKENS_PATH, headers={"Accept": "text/markdown"})
    assert (answer.status_code, answer["Content-Type"]) == (503, "text/markdown; charset=utf-8")


@pytest.mark.parametrize("path", ["/livez", "/static/css/site.css", "/docs", "/robots.txt"])
def test_what_needs_no_database_is_answered(away, path):
    answer = away.get(path)
    assert answer.status_code == 200
    answer.close()


def test_an_outage_is_one_line_in_the_log_and_its_end_tells_how_many(away, database, caplog):
    for _ in range(5):
        away.get("/models")
    database.heard()
    lines = [record.getMessage() for record in caplog.records if record.levelno >= logging.WARNING]
    assert lines == [
        "The database is away, requests are answered 503: connection refused",
        "The database answers again after 0 s; 5 requests were answered 503.",
    ]
    assert not any(record.exc_info for record in caplog.records)
    database.heard()
    assert len(caplog.records) == 2


def test_a_fault_of_the_code_stays_500_with_its_traceback(client, database, monkeypatch, caplog):
    def lost(*_args, **_kwargs):
        raise ProgrammingError('relation "catalog_variant" does not exist')

    monkeypatch.setattr(connection, "cursor", lost)
    client.raise_request_exception = False
    assert client.get("/models").status_code == 500
    assert [record for record in caplog.records if record.exc_info]


def test_a_form_of_the_admin_comes_back_to_be_sent_again(away):
    sent = {
        "username": "ada",
        "password": "correct horse",
        "next": "/admin/",
        "note": 'a "quoted" <b>\r\nline',
    }
    page = away.post("/admin/login/?next=/admin/", sent).content.decode()
    assert WORDS in page
    assert "saved" not in page
    assert '<form method="post" action="/admin/login/?next=/admin/">' in page
    assert '<input type="text" name="username" value="ada"' in page
    assert page.count('name="username"') == 1
    assert '<a class="button" href="/admin/">' in page
    assert 'name="note" value="a &quot;quoted&quot; &lt;b&gt;\r\nline"' in page
    assert "correct horse" not in page
    assert '<input type="password" name="password" required>' in page


@pytest.mark.parametrize(
    ("statement", "meaning"),
    [("SELECT * FROM nothing", None), ("SELEC", None), ("ATTACH '/nowhere/at/all' AS other", Trouble.AWAY)],
)
def test_an_error_of_sqlite_means_what_its_code_says(statement, meaning):
    with closing(sqlite3.connect(":memory:")) as link, pytest.raises(sqlite3.OperationalError) as found:
        link.execute(statement)
    assert trouble(found.value) is meaning
    wrapped = OperationalError(str(found.value))
    wrapped.__cause__ = found.value
    assert trouble(wrapped) is meaning


def test_a_lock_of_sqlite_is_another_write(tmp_path):
    with closing(sqlite3.connect(tmp_path / "a")) as one, closing(sqlite3.connect(tmp_path / "a")) as other:
        one.execute("BEGIN IMMEDIATE")
        other.execute("PRAGMA busy_timeout = 0")
        with pytest.raises(sqlite3.OperationalError) as found:
            other.execute("BEGIN IMMEDIATE")
    assert trouble(found.value) is Trouble.BUSY


def test_who_finds_no_place_waits_while_the_database_answers(database):
    bounded = database_slots.Places()
    bounded.limit(1)
    assert bounded.take()
    taken = Thread(target=bounded.take)
    taken.start()
    for _ in range(4):
        database.heard()
        time.sleep(0.1)
    assert taken.is_alive()
    bounded.give_back()
    taken.join(5)
    assert not taken.is_alive()


def test_nobody_waits_for_a_place_where_the_database_is_silent(database, client, monkeypatch):
    monkeypatch.setattr(database_slots.places, "_free", None)
    database_slots.places.limit(1)
    goes_on = Event()

    def ask():
        with database.asking():
            goes_on.wait(20)

    asking = Thread(target=ask)
    asking.start()
    try:
        assert database_slots.places.take()
        time.sleep(database_state.SILENT_SECONDS + 0.1)
        began = time.perf_counter()
        answer = client.get("/models")
        assert (answer.status_code, answer["Retry-After"]) == (503, "5")
        assert time.perf_counter() - began < 0.4
        assert client.get("/livez").status_code == 200
        page = client.post("/admin/login/", {"username": "ada"}).content.decode()
        assert "Nothing was saved. Go back in the browser" in page
    finally:
        goes_on.set()
        asking.join()
    database_slots.places.give_back()
    assert client.get("/models").status_code == 200


def test_the_documentation_names_the_limits(settings):
    page = (settings.PACKAGE.parent / "docs/content/self-hosting.md").read_text()
    for wait, seconds in {
        "show that it lives": database_limits.CONNECT_SECONDS,
        "`lock_timeout`)": database_limits.LOCK_SECONDS,
        "`statement_timeout`)": database_limits.STATEMENT_SECONDS,
        "connection is dropped": database_limits.ANSWER_SECONDS,
    }.items():
        assert f"{wait} | {seconds} |" in page
    assert f"a write waits {settings.DATABASES['default']['OPTIONS'].get('timeout', 5)} seconds" in page


def test_limits_leave_the_options_of_the_address_alone():
    given = {"ENGINE": "django.db.backends.postgresql", "OPTIONS": {"options": "-c search_path=own"}}
    made = database_limits.for_visitors(given)["OPTIONS"]
    assert made["connect_timeout"] == database_limits.CONNECT_SECONDS
    assert made["options"].endswith("-c search_path=own")
    assert database_limits.for_visitors({"ENGINE": "django.db.backends.sqlite3"}) == {}
