"""One address for each page, and a plain refusal of what no page can mean."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("/docs/", "/docs"),
        ("/docs//", "/docs"),
        ("/docs/quickstart/", "/docs/quickstart"),
        ("/docs/?q=a%20b&c=%C3%A9", "/docs?q=a%20b&c=%C3%A9"),
        ("/api/v1/models/", "/api/v1/models"),
        ("/admin", "/admin/"),
        ("//docs/", "/docs"),
    ],
)
def test_a_page_has_one_address(asked, told):
    answer = Client().get("/", PATH_INFO=asked.partition("?")[0], QUERY_STRING=asked.partition("?")[2])
    assert answer.status_code == 301
    assert answer["Location"] == told


@pytest.mark.parametrize("path", ["/nowhere/", "//evil.example/", "//evil.example", "/docs/nothing/"])
def test_nobody_is_sent_to_another_site(path):
    answer = Client().get("/", PATH_INFO=path)
    assert answer.status_code in {301, 404}
    assert not answer.get("Location", "/docs").startswith("//")


@pytest.mark.parametrize("path", ["/docs/%00", "/docs?q=%00", "/docs?q=%ff", "/" + "a" * 3000])
def test_an_unreadable_address_is_a_bad_request(client, path):
    assert client.get(path).status_code == 400


@pytest.mark.parametrize("path", ["/docs/%ff%fe", "/docs/%C3%A9", "/docs/%E2%80%AE", "/docs/%F0%9F%98%80"])
def test_an_address_in_any_script_is_looked_for(client, path):
    assert client.get(path).status_code == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE", "TRACE", "CONNECT", "BREW"])
def test_pages_are_only_read(client, method):
    answer = client.generic(method, "/docs")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"


def test_head_answers_as_get_without_a_body(client):
    answer = client.head("/docs")
    assert answer.status_code == 200
    assert answer.content == b""


@pytest.mark.parametrize("host", ["evil.example", "testserver, evil.example", "testserver:99999x", "", "a b"])
def test_a_host_that_is_not_ours_is_refused(client, host):
    assert client.get("/docs", headers={"host": host}).status_code == 400


def test_a_supervisor_may_ask_by_any_name(client):
    assert client.get("/livez", headers={"host": "10.0.0.7:8000"}).status_code == 200


@pytest.mark.parametrize("digits", ["²", "٣", "\uff11", "①", "9" * 40])
def test_digits_that_are_no_ascii_number_are_no_failure(client, admin_client, digits):
    for path in (f"/models/variant/{digits}", f"/models/{digits}/{digits}", f"/prices/{digits}"):
        assert client.get(path).status_code == 404, path
    for path in ("/models", "/models/linden/ballad-4-6", "/changes", "/pricing", "/status"):
        # One by one: a parameter that a page does not know is refused before the others are read.
        for name in ("page", "times", "input_tokens", "at"):
            answer = client.get(path, {name: digits})
            assert answer.status_code in {200, 400, 404, 422}, (path, name)
    for path in (f"/admin/catalog/variant/{digits}/change/", f"/admin/catalog/price/{digits}/change/"):
        assert admin_client.get(path).status_code in {200, 302, 404}, path
    assert client.get("/api/v1/models", {"limit": digits, "offset": digits}).status_code in {200, 422}


def test_a_query_that_was_not_encoded_arrives_whole(client):
    answer = client.generic("GET", "/models/", QUERY_STRING="q=café".encode().decode("latin-1"))
    assert answer.status_code == 301
    assert answer["Location"] == "/models?q=caf%C3%A9"
