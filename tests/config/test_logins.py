"""The admin's log-in: five wrong passwords lock a name for an address, and each outcome is logged."""

import io
import json
import logging
import time

import pytest
from axes.models import AccessAttempt
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

import clock
from config import login_attempts, logins
from config import settings as site_settings

pytestmark = [pytest.mark.django_db, pytest.mark.writes]
LOGIN = "/admin/login/"
RIGHT, WRONG = "a long password", "not the password"


@pytest.fixture(autouse=True)
def _no_waiting(monkeypatch):
    monkeypatch.setattr(logins, "TURN_SECONDS", 0)


@pytest.fixture
def keeper(django_user_model):
    return django_user_model.objects.create_superuser("keeper", password=RIGHT)


def attempt(password=WRONG, name="keeper", address="203.0.113.7", **headers):
    """A log-in from an address; a name that begins with `data_` is a field of the form."""
    data = {key.removeprefix("data_"): headers.pop(key) for key in list(headers) if key.startswith("data_")}
    named = {key.replace("_", "-"): value for key, value in headers.items()}
    client = Client(REMOTE_ADDR=address)
    return client.post(LOGIN, {"username": name, "password": password, **data}, headers=named)


def statuses(count, **given):
    return [attempt(**given).status_code for _ in range(count)]


def lines(caplog):
    return [record.getMessage() for record in caplog.records if record.name == "config.logins"]


@pytest.mark.parametrize("name", ["keeper", "nobody-of-this-name"])
@pytest.mark.usefixtures("keeper")
def test_the_fifth_wrong_password_locks_a_name_for_an_address(name):
    assert statuses(4, name=name) == [200] * 4
    answer = attempt(name=name)
    assert answer.status_code == 429
    assert 890 <= int(answer["Retry-After"]) <= 900
    page = answer.content.decode()
    assert "this account is locked for your address. Try again in 15 minutes." in page
    assert 'id="login-form"' in page
    assert f'value="{name}"' in page
    assert "no-store" in answer["Cache-Control"]
    assert attempt(RIGHT, name=name).status_code == 429, "the right password is not tried"
    assert attempt(name=name, address="203.0.113.8").status_code == 200


@pytest.mark.usefixtures("keeper")
def test_a_lock_ends():
    assert statuses(5)[-1] == 429
    with clock.moved("2026-11-26T12:14:59Z"):
        answer = attempt(RIGHT)
        assert (answer.status_code, answer["Retry-After"]) == (429, "1")
    with clock.moved("2026-11-26T12:15:01Z"):
        assert attempt(RIGHT).status_code == 302
        assert AccessAttempt.objects.count() == 0


@pytest.mark.usefixtures("keeper")
def test_the_right_password_forgets_the_wrong_ones():
    assert statuses(4) == [200] * 4
    assert attempt(RIGHT).status_code == 302
    assert statuses(4) == [200] * 4


@pytest.mark.usefixtures("keeper")
def test_no_header_and_no_address_of_the_same_customer_gets_around_a_lock():
    forged = [attempt(x_forwarded_for=f"198.51.100.{n}", user_agent=f"agent {n}") for n in range(5)]
    assert forged[-1].status_code == 429
    for number in range(4):
        attempt(address=f"2001:db8:1:2::{number}")
    assert attempt(address="2001:db8:1:2:ffff::5").status_code == 429
    assert attempt(address="2001:db8:1:3::1").status_code == 200


@pytest.mark.usefixtures("keeper")
def test_behind_a_trusted_proxy_each_visitor_has_a_count_of_their_own(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.5"]
    for _ in range(5):
        answer = attempt(address="10.0.0.5", x_forwarded_for="1.2.3.4, 203.0.113.7")
    assert answer.status_code == 429
    assert attempt(address="10.0.0.5", x_forwarded_for="203.0.113.7").status_code == 429
    assert attempt(address="10.0.0.5", x_forwarded_for="203.0.113.8").status_code == 200


@pytest.mark.usefixtures("keeper")
def test_a_program_that_is_locked_out_gets_a_problem():
    for _ in range(5):
        answer = attempt(accept="application/json")
    assert (answer.status_code, answer["Content-Type"]) == (429, "application/problem+json")
    assert int(answer["Retry-After"]) > 0
    assert "locked for your address" in json.loads(answer.content)["detail"]


@pytest.mark.usefixtures("keeper")
def test_each_outcome_is_one_line_with_name_and_address_and_without_password(caplog):
    caplog.set_level(logging.INFO, "config.logins")
    attempt(RIGHT)
    statuses(6)
    locked = "'keeper' is locked for 203.0.113.7: 5 wrong passwords within 15 minutes."
    assert lines(caplog) == [
        "'keeper' logged in from 203.0.113.7.",
        *["'keeper' did not log in from 203.0.113.7: wrong name or password."] * 4,
        *[locked] * 2,
    ]
    levels = [record.levelname for record in caplog.records if record.name == "config.logins"]
    assert levels == ["INFO", *["WARNING"] * 6]
    written = "\n".join(record.getMessage() for record in caplog.records)
    assert RIGHT not in written
    assert WRONG not in written


@pytest.mark.usefixtures("keeper")
def test_a_name_cannot_write_lines_of_its_own(caplog):
    attempt(name="a\r\nconfig.logins 'keeper' logged in\u202e" + "b" * 90)
    (line,) = lines(caplog)
    assert line.isprintable()
    assert len(line) < 200
    assert "…" in line


def test_outcomes_reach_the_log_in_its_format():
    """INFO and above, although other loggers of the site begin at WARNING."""
    assert site_settings.LOGGING["loggers"]["config.logins"]["level"] == "INFO"
    assert logging.getLogger("config.logins").isEnabledFor(logging.INFO)
    assert not logging.getLogger("axes").isEnabledFor(logging.WARNING)


@pytest.mark.parametrize(
    "next_page",
    [
        *(
            "//evil.example",
            "https://evil.example/",
            "/\\evil.example",
            "\\\\evil.example",
            "javascript:alert(1)",
        ),
        *("///evil.example", "/admin/\r\nSet-Cookie: a=b", "\x01//evil.example", "/admin/\x7f", "http:evil"),
        *("", "/\t/evil.example", "/admin/\u202e", "https:///evil.example"),
    ],
)
@pytest.mark.parametrize("place", ["form", "query"])
@pytest.mark.usefixtures("keeper")
def test_a_log_in_leads_nowhere_but_into_this_site(client, next_page, place):
    data = {"username": "keeper", "password": RIGHT}
    query = {"next": next_page} if place == "query" else {}
    form = {"next": next_page} if place == "form" else {}
    answer = client.post(LOGIN, {**data, **form}, query_params=query)
    assert (answer.status_code, answer["Location"]) == (302, "/admin/")


@pytest.mark.usefixtures("keeper")
def test_a_log_in_leads_to_the_page_that_was_asked_for(client):
    data = {"username": "keeper", "password": RIGHT, "next": "/admin/catalog/price/?q=a"}
    assert client.post(LOGIN, data)["Location"] == "/admin/catalog/price/?q=a"
    assert client.get(LOGIN)["Location"] == "/admin/"


@pytest.mark.usefixtures("keeper")
def test_rows_do_not_grow_with_the_names_that_are_tried(monkeypatch):
    monkeypatch.setattr(login_attempts, "MOST_ROWS", 20)
    for number in range(30):
        attempt(name=f"random-{number}", address=f"203.0.113.{number}")
    assert AccessAttempt.objects.count() == 20
    assert AccessAttempt.objects.filter(username="random-29").exists()
    with clock.moved("2026-11-26T12:16:00Z"):
        attempt()
    assert AccessAttempt.objects.count() == 1


@pytest.mark.usefixtures("keeper")
def test_a_locked_name_writes_nothing_more():
    statuses(5)
    (row,) = AccessAttempt.objects.all()
    statuses(3, user_agent="another")
    assert [(one.pk, one.failures_since_start) for one in AccessAttempt.objects.all()] == [(row.pk, 5)]
    assert WRONG not in row.post_data


@pytest.mark.usefixtures("keeper")
def test_who_gets_no_turn_soon_is_told_so_and_keeps_the_form(monkeypatch, django_assert_num_queries):
    monkeypatch.setattr(logins, "LONGEST_WAIT", 0.01)
    with logins._turn, django_assert_num_queries(0):
        answer = attempt(RIGHT)
        problem = attempt(RIGHT, accept="application/json")
    assert (answer.status_code, answer["Retry-After"]) == (503, "2")
    page = answer.content.decode()
    assert "Too many log-ins are under way. Nothing was checked" in page
    assert 'value="keeper"' in page
    assert RIGHT not in page
    assert (problem.status_code, problem["Content-Type"]) == (503, "application/problem+json")
    assert attempt(RIGHT).status_code == 302


@pytest.mark.usefixtures("keeper")
def test_every_log_in_takes_the_same_least_time(monkeypatch):
    monkeypatch.setattr(logins, "TURN_SECONDS", 0.2)
    for given in ({"password": RIGHT}, {"name": "nobody"}, {"password": ""}):
        began = time.perf_counter()
        attempt(**given)
        assert time.perf_counter() - began >= 0.2


def unlock(name):
    out = io.StringIO()
    call_command("unlock", name, stdout=out)
    return out.getvalue()


@pytest.mark.usefixtures("keeper")
def test_a_user_is_unlocked_for_all_addresses():
    for address in ("203.0.113.7", "203.0.113.8"):
        statuses(5, address=address)
    statuses(5, name="other")
    assert unlock("keeper").splitlines() == [
        "Forgot 5 wrong passwords of keeper from 203.0.113.7.",
        "Forgot 5 wrong passwords of keeper from 203.0.113.8.",
        "keeper can log in.",
    ]
    assert attempt(RIGHT).status_code == 302
    assert AccessAttempt.objects.get().username == "other"
    assert unlock("keeper") == "keeper was not locked: nothing to clear.\n"


def test_a_user_that_there_is_not_cannot_be_unlocked():
    with pytest.raises(CommandError, match="There is no user 'nobody': give the name"):
        unlock("nobody")


@pytest.mark.parametrize(
    "path", ["/", "/models", "/models/linden/ballad-4-6", "/search?q=a", "/api/v1/models"]
)
def test_public_pages_read_nothing_of_sessions_users_and_attempts(client, path):
    with CaptureQueriesContext(connection) as queries:
        assert client.get(path).status_code == 200
    assert [
        one["sql"] for one in queries if any(x in one["sql"] for x in ("axes_", "auth_", "session"))
    ] == []
