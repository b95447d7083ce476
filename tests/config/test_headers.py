"""Security headers on every answer, whatever its status; cookies under `/admin` only."""

import base64
import hashlib
import re

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, RequestFactory

from config import headers, health

PUBLIC = ["/docs", "/docs/quickstart", "/livez", "/readyz", "/api/v1/models", "/api/v1/docs", "/nowhere"]
PAGES = [
    *("/", "/models", "/models?q=linden", "/models/linden", "/models/linden/ballad-4-6", "/providers"),
    *("/providers/arbor", "/pricing", "/changes", "/docs", "/docs/quickstart", "/api/v1/docs"),
]
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "strict-origin-when-cross-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
}

pytestmark = pytest.mark.django_db


def assert_safe(answer):
    policy = answer["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; ")
    assert "unsafe" not in policy
    assert "frame-ancestors 'none'" in policy
    assert "*" not in policy
    assert {name: answer[name] for name in HEADERS} == HEADERS
    assert "camera=()" in answer["Permissions-Policy"]


@pytest.mark.parametrize("path", PUBLIC)
def test_every_answer_is_safe_and_sets_no_cookie(client, path):
    answer = client.get(path)
    assert_safe(answer)
    assert "Set-Cookie" not in answer
    assert not answer.cookies
    assert "cookie" not in answer.get("Vary", "").lower()


def test_an_answer_of_304_is_safe(client):
    etag = client.get("/api/v1/models")["ETag"]
    answer = client.get("/api/v1/models", headers={"if-none-match": etag})
    assert answer.status_code == 304
    assert_safe(answer)


@pytest.mark.slow
@pytest.mark.parametrize("path", PAGES)
def test_a_page_that_still_stands_is_answered_304(client, path):
    first = client.get(path)
    assert first.status_code == 200
    assert first["Cache-Control"] == "public, no-cache"
    assert client.head(path)["ETag"] == first["ETag"]
    again = client.get(path, headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    assert (again["ETag"], again["Cache-Control"]) == (first["ETag"], first["Cache-Control"])
    assert "cookie" not in again.get("Vary", "").lower()
    assert_safe(again)
    other = client.get(path, headers={"if-none-match": '"another"'})
    assert (other.status_code, other.content) == (200, first.content)


def test_what_is_no_public_page_gets_no_validator(client, admin_client):
    for path in ("/livez", "/nowhere", "/docs/"):
        assert "ETag" not in client.get(path), path
    for path in ("/admin/", "/admin/login/"):
        answer = admin_client.get(path)
        assert "ETag" not in answer, path
        assert "public" not in answer.get("Cache-Control", ""), path


@pytest.mark.parametrize(
    ("status", "path"), [(301, "/docs/"), (400, "/%00"), (400, "/docs?q=%ff"), (404, "/nowhere")]
)
def test_an_answer_that_is_no_page_is_safe(client, status, path):
    answer = client.get(path)
    assert answer.status_code == status
    assert_safe(answer)


def test_an_answer_of_405_is_safe(client):
    answer = client.post("/docs")
    assert answer.status_code == 405
    assert answer["Allow"] == "GET, HEAD"
    assert_safe(answer)


def test_an_answer_of_500_is_safe_and_tells_nothing(monkeypatch):
    def fail():
        raise RuntimeError("the inside")

    monkeypatch.setattr(health, "_reason", fail)
    answer = Client(raise_request_exception=False).get("/readyz")
    assert answer.status_code == 500
    assert b"the inside" not in answer.content
    assert_safe(answer)


def test_a_wrong_host_is_answered_safely(client):
    answer = client.get("/docs", headers={"host": "evil.example"})
    assert answer.status_code == 400
    assert_safe(answer)


def test_the_one_inline_script_is_known_by_its_hash(client):
    page = client.get("/docs")
    scripts = re.findall(r"<script>(.*?)</script>", page.content.decode(), re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"'sha256-{digest}'" in page["Content-Security-Policy"]


def test_an_error_page_under_the_admin_may_run_its_inline_script(admin_client):
    page = admin_client.get("/admin/nowhere/at/all/")
    assert page.status_code == 404
    scripts = re.findall(r"<script>(.*?)</script>", page.content.decode(), re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    assert f"script-src 'self' 'sha256-{digest}';" in page["Content-Security-Policy"]
    assert "manifest-src" not in page["Content-Security-Policy"]


def test_a_changed_script_has_another_hash(tmp_path):
    script = tmp_path / "script.html"
    script.write_text("<script>1</script>")
    before = headers.inline_hashes(script)
    script.write_text("<script>2</script>")
    assert len(before) == 1
    assert headers.inline_hashes(script) != before
    assert headers.inline_hashes(tmp_path / "missing.html") == []


def test_a_script_over_several_lines_has_the_hash_of_what_is_sent(tmp_path):
    script = tmp_path / "script.html"
    script.write_text("<script>1;2</script>")
    sent = headers.inline_hashes(script)
    script.write_text("<script>\\\n  1;\\\n  2\\\n</script>\n")
    assert headers.inline_hashes(script) == sent


def test_a_page_has_no_inline_style_or_handler(client):
    for path in ("/docs", "/docs/quickstart", "/api/v1/docs"):
        html = client.get(path).content.decode()
        assert not re.search(r"<style|<[^>]+\s(style|on[a-z]+)\s*=", html), path


def test_the_admin_has_its_own_policy_and_its_cookies_stay_there(client, django_user_model):
    answer = client.get("/admin/login/")
    assert answer.status_code == 200
    assert_safe(answer)
    assert answer["Content-Security-Policy"] != client.get("/docs")["Content-Security-Policy"]
    django_user_model.objects.create_superuser("keeper", password="a long password")
    assert client.login(username="keeper", password="a long password")
    signed_in = client.post("/admin/login/", {"username": "keeper", "password": "a long password"})
    assert {cookie["path"] for cookie in signed_in.cookies.values()} == {"/admin"}
    assert client.get("/admin/").status_code == 200
    public = client.get("/docs")
    assert not public.cookies
    assert "cookie" not in public.get("Vary", "").lower()


def test_every_page_of_the_admin_index_is_safe(admin_client):
    for path in ("/admin/", "/admin/catalog/variant/", "/admin/catalog/price/"):
        answer = admin_client.get(path)
        assert answer.status_code == 200, path
        assert_safe(answer)
        assert not re.search(r"<script>|<style", answer.content.decode()), path


def test_sessions_and_users_do_not_exist_outside_the_admin(rf):
    from config.admin_sessions import AdminSessions

    request = rf.get("/docs")
    AdminSessions(lambda _request: None)(request)
    assert not hasattr(request, "session")
    assert settings.SESSION_COOKIE_PATH == settings.CSRF_COOKIE_PATH == "/admin"


def test_only_public_pages_may_call_the_gateway_and_only_where_visitors_try_calls(settings, rf):
    settings.API_BASE_URL = "https://api.example.com:8443/v1"
    policies = {}
    for is_on in (False, True):
        settings.TRY_IT = is_on
        answer = headers.SecurityHeaders(lambda _request: HttpResponse())
        for path in ("/docs", "/admin/"):
            policies[is_on, path] = answer(rf.get(path))["Content-Security-Policy"]
    assert "connect-src 'self';" in policies[False, "/docs"]
    assert "connect-src 'self' https://api.example.com:8443;" in policies[True, "/docs"]
    assert "api.example.com" not in policies[True, "/admin/"] + policies[False, "/docs"]


@pytest.mark.parametrize(("asked", "sent"), [(False, ""), (True, "; preload")])
def test_preloading_of_https_is_only_where_it_is_asked_for(settings, asked, sent):
    settings.SECURE_HSTS_SECONDS, settings.SECURE_HSTS_PRELOAD = 60, asked
    answer = headers.SecurityHeaders(lambda _request: HttpResponse())(RequestFactory().get("/"))
    assert answer["Strict-Transport-Security"] == f"max-age=60; includeSubDomains{sent}"
