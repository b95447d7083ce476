"""What one address may ask for: too often is 429, too large 413, too deep 422, each in the form that fits."""

import json
import timeit

import pytest
from django.conf import settings as site_settings
from django.http import HttpResponse
from django.test import Client

from config import request_limits, startup
from config.json_limits import DEEPEST, MOST_VALUES, too_much
from config.token_bucket import Rates

pytestmark = pytest.mark.django_db
BURST = 10
HTML, MARKDOWN = "text/html; charset=utf-8", "text/markdown; charset=utf-8"
PROBLEM = "application/problem+json"
ONE, OTHER = "203.0.113.7", "203.0.113.8"
CALL = {"jsonrpc": "2.0", "id": 1, "method": "tools/list"}
ASKED = {
    "/mcp": PROBLEM,
    "/api/v1/quote?model=linden-ballad-5&input_tokens=1": PROBLEM,
    "/api/v1/compare?models=a,b": PROBLEM,
    "/api/v1/search?q=a": PROBLEM,
    "/api/v1/models?limit=1&q=a": PROBLEM,
    "/compare": HTML,
    "/compare?models=a,b": HTML,
    "/compare/a-vs-b": HTML,
    "/compare.md": MARKDOWN,
    "/compare/a-vs-b.json": PROBLEM,
    "/search?q=a": HTML,
    "/search.md?q=a": MARKDOWN,
    "/models?q=a": HTML,
    "/models.csv?q=a": HTML,
    request_limits.LOGIN: HTML,
}


@pytest.fixture
def stopped(monkeypatch):
    """No time passes for who counts requests, however long they take."""
    monkeypatch.setattr(request_limits, "Rates", lambda: Rates(clock=Clock()))


@pytest.fixture
def behind_proxy(settings, stopped):
    """A site whose visitors have addresses of their own, and few requests each; no time passes."""
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.RATE_LIMIT = 5 * BURST


def ask(client, path, address=ONE, **headers):
    """One request as it comes from the proxy: agents and log-ins post."""
    headers = {"x-forwarded-for": address, **headers}
    if path == "/mcp":
        return client.post(path, CALL, content_type="application/json", headers=headers)
    if path == request_limits.LOGIN:
        return client.post(path, {"username": "nobody"}, headers=headers)
    return client.get(path, headers=headers)


def burst_of(path):
    return 20 if path == request_limits.LOGIN else BURST


@pytest.mark.slow
@pytest.mark.parametrize("path", ASKED)
@pytest.mark.usefixtures("behind_proxy")
def test_who_asks_too_often_is_told_when_to_come_again(client, monkeypatch, path):
    monkeypatch.setattr("config.logins.TURN_SECONDS", 0)
    assert 429 not in {ask(client, path).status_code for _ in range(burst_of(path))}
    answer = ask(client, path)
    assert (answer.status_code, answer["Content-Type"]) == (429, ASKED[path])
    assert 1 <= int(answer["Retry-After"]) <= 60
    said = answer.content.decode()
    assert "Try again in" in said
    assert "Traceback" not in said
    assert "Content-Security-Policy" in answer
    if ASKED[path] == PROBLEM:
        assert json.loads(said)["status"] == 429
    if path.startswith("/api/"):
        assert "Retry-After" in answer["Access-Control-Expose-Headers"]
    assert ask(client, path, OTHER).status_code != 429
    assert client.get("/docs", headers={"x-forwarded-for": ONE}).status_code == 200


@pytest.mark.usefixtures("behind_proxy")
def test_a_search_counts_however_its_parameter_is_written(client):
    answers = [ask(client, "/models?%71=oriel").status_code for _ in range(BURST + 1)]
    assert (answers[0], answers[-1]) == (200, 429)


@pytest.mark.usefixtures("behind_proxy")
def test_a_refusal_asks_no_database(client, django_assert_num_queries):
    for path in ("/search?q=a", "/api/v1/search?q=a", request_limits.LOGIN):
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr("config.logins.TURN_SECONDS", 0)
            for _ in range(burst_of(path)):
                ask(client, path)
        with django_assert_num_queries(0):
            assert ask(client, path).status_code == 429


@pytest.mark.usefixtures("behind_proxy")
def test_kinds_are_counted_apart(client):
    for _ in range(BURST + 1):
        ask(client, "/search?q=a")
    assert ask(client, "/search?q=a").status_code == 429
    assert ask(client, "/api/v1/search?q=a").status_code == 429, "a search, too"
    assert ask(client, "/compare").status_code == 200
    assert ask(client, "/models").status_code == 200, "a list without a search"


@pytest.mark.usefixtures("behind_proxy")
def test_a_program_at_the_log_in_gets_a_problem(client, monkeypatch):
    monkeypatch.setattr("config.logins.TURN_SECONDS", 0)
    answers = [ask(client, request_limits.LOGIN, accept="application/json") for _ in range(21)]
    assert (answers[-1].status_code, answers[-1]["Content-Type"]) == (429, PROBLEM)


@pytest.mark.usefixtures("behind_proxy")
def test_a_customer_of_ipv6_is_counted_once(client):
    for number in range(BURST):
        ask(client, "/search?q=a", f"2001:db8:1:2::{number}")
    assert ask(client, "/search?q=a", "2001:db8:1:2:ffff:1:2:3").status_code == 429
    assert ask(client, "/search?q=a", "2001:db8:1:3::1").status_code == 200
    for _ in range(BURST):
        ask(client, "/search?q=a", "203.0.113.9")
    assert ask(client, "/search?q=a", "::ffff:203.0.113.9").status_code == 429


@pytest.mark.slow
@pytest.mark.parametrize(
    ("proxies", "address", "is_limited"),
    [
        ([], "127.0.0.1", False),
        ([], "::1", False),
        ([], "10.0.0.5", False),
        ([], "100.64.0.5", False),
        ([], "fd00::1", False),
        ([], "", False),
        ([], "8.8.8.8", True),
        ([], "2606:4700::1", True),
        (["10.0.0.5"], "10.0.0.5", False),
        (["10.0.0.5"], "127.0.0.1", False),
        (["10.0.0.5"], "10.0.0.6", True),
        (["10.0.0.5"], "8.8.8.8", True),
    ],
)
def test_an_address_that_may_be_a_proxy_of_all_visitors_is_not_limited(
    settings, stopped, proxies, address, is_limited
):
    settings.TRUSTED_PROXIES, settings.RATE_LIMIT = proxies, 5 * BURST
    client = Client(REMOTE_ADDR=address)
    statuses = [client.get("/search?q=a").status_code for _ in range(BURST + 1)]
    assert (statuses[-1] == 429) is is_limited


def test_a_forged_header_hides_nobody(settings, stopped):
    settings.TRUSTED_PROXIES, settings.RATE_LIMIT = ["127.0.0.1"], 5 * BURST
    client = Client(REMOTE_ADDR="8.8.8.8")
    answers = [
        client.get("/search?q=a", headers={"x-forwarded-for": f"203.0.113.{number}"})
        for number in range(BURST + 1)
    ]
    assert answers[-1].status_code == 429


def test_limits_are_on_unless_turned_off(settings, stopped):
    assert site_settings.RATE_LIMIT == 300
    for rate, is_limited in ((300, True), (0, False)):
        settings.RATE_LIMIT = rate
        client = Client(REMOTE_ADDR="8.8.8.8")
        statuses = {client.get("/api/v1/search?q=").status_code for _ in range(62)}
        assert (429 in statuses) is is_limited


@pytest.mark.usefixtures("behind_proxy")
def test_a_limited_address_is_logged_once(client, caplog):
    for _ in range(BURST + 20):
        ask(client, "/search?q=a")
    lines = [record.getMessage() for record in caplog.records if record.name == "config.request_limits"]
    assert lines == [f"{ONE} asks too often (search): it is answered 429 beyond 50 a minute."]


@pytest.mark.parametrize(
    ("path", "largest"), [("/mcp", 100_000), (request_limits.LOGIN, 10_000), ("/api/v1/check", 100_000)]
)
def test_what_is_too_large_is_refused_without_being_kept(settings, rf, path, largest):
    settings.RATE_LIMIT = 0
    middleware = request_limits.RequestLimits(lambda _request: HttpResponse("through"))
    for size, status in ((largest, 200), (largest + 1, 413)):
        request = rf.post(path, b" " * size, content_type="application/json")
        answer = middleware(request)
        assert answer.status_code == status
        if status == 413:
            assert f"send at most {largest}" in answer.content.decode()
            assert not hasattr(request, "_body")


@pytest.mark.parametrize("path", ["/mcp", "/api/v1/check"])
def test_what_is_nested_too_deep_or_holds_too_much_is_refused(settings, rf, path):
    settings.RATE_LIMIT = 0
    middleware = request_limits.RequestLimits(lambda request: HttpResponse(request.body))
    right = b"[" * DEEPEST + b"]" * DEEPEST
    for body, words in (
        (right, ""),
        (b"[" + right + b"]", f"at most {DEEPEST}"),
        (b"[" + b"1," * MOST_VALUES + b"1]", f"at most {MOST_VALUES}"),
        (b'{"a":"' + b"[," * 20_000 + b'"}', ""),
    ):
        answer = middleware(rf.post(path, body, content_type="application/json"))
        assert answer.status_code == (422 if words else 200)
        assert answer.content == body if not words else words in json.loads(answer.content)["detail"]


@pytest.mark.parametrize(
    "body", [b"", b'"', b'"\\', b"]" * 99, b"\xff", b'{"a":"\\"[[["}', b'["\\\\", "[[["]']
)
def test_what_is_no_json_is_left_to_its_reader(body):
    assert too_much(body) is None


def test_judging_takes_no_time_whatever_is_sent():
    for body in (b'"' + b"\\" * 99_998, b'"a' * 50_000, b"[]," * 33_000, b"{" * 99_999, b'\\"' * 50_000):
        assert min(timeit.repeat(lambda body=body: too_much(body), number=1, repeat=3)) < 0.1


def test_the_admin_s_own_forms_and_pages_are_not_limited(admin_client, settings):
    settings.RATE_LIMIT = 5 * BURST
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    for _ in range(3 * BURST):
        answer = admin_client.post("/admin/password_change/", {}, headers={"x-forwarded-for": ONE})
        assert answer.status_code == 200


class Clock:
    def __init__(self):
        self.now = 1000.0

    def __call__(self):
        return self.now


def test_a_bucket_fills_again_steadily():
    clock = Clock()
    rates = Rates(clock=clock)
    assert [rates.take("a", 60, 5) for _ in range(5)] == [None] * 5
    refused = rates.take("a", 60, 5)
    assert (refused.seconds, refused.is_first) == (pytest.approx(1), True)
    assert not rates.take("a", 60, 5).is_first
    clock.now += 1
    assert rates.take("a", 60, 5) is None
    assert rates.take("a", 60, 5) is not None
    clock.now += 61
    assert [rates.take("a", 60, 5) for _ in range(5)] == [None] * 5
    assert rates.take("a", 60, 5).is_first, "a minute later it is told again"


def test_a_flood_from_many_addresses_takes_no_more_memory_and_frees_nobody_who_goes_on():
    rates = Rates(keys=1000, clock=Clock())
    refused = 0
    for number in range(50_000):
        rates.take(("search", number), 300, 60)
        refused += bool(rates.take("goes on", 300, 60))
    assert len(rates) <= 2000
    assert refused > 49_000


def test_counting_costs_little_beside_the_cheapest_answer(settings, rf, client):
    settings.TRUSTED_PROXIES = ["127.0.0.1"]
    settings.RATE_LIMIT = 100_000
    answer = HttpResponse()
    middleware = request_limits.RequestLimits(lambda _request: answer)
    for path in ("/search?q=a", "/docs"):
        request = rf.get(path, REMOTE_ADDR=ONE)
        counted = min(timeit.repeat(lambda request=request: middleware(request), number=200, repeat=9)) / 200
        whole = min(timeit.repeat(lambda: client.get("/livez"), number=5, repeat=9)) / 5
        assert counted < whole / 10, path


@pytest.mark.parametrize(
    ("host", "hosts", "proxies", "is_warned"),
    [
        ("127.0.0.1", ["models.example.com"], [], True),
        ("127.0.0.1", ["models.example.com"], ["127.0.0.1"], False),
        ("0.0.0.0", ["models.example.com"], [], False),
        ("127.0.0.1", ["127.0.0.1", "localhost"], [], False),
    ],
)
def test_a_site_behind_an_unknown_proxy_says_so(settings, caplog, host, hosts, proxies, is_warned):
    settings.HOST, settings.TRUSTED_PROXIES = host, proxies
    settings.IS_LOOPBACK = set(hosts) <= set(settings.LOOPBACK)
    startup.refuse_wrong_settings(serving=True)
    assert ("TRUSTED_PROXIES is empty: all visitors have the proxy's address" in caplog.text) is is_warned
