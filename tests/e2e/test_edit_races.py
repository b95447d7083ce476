"""Editors who save one page at the same instant, on a real site: no field is lost, one of two values wins."""

import json
import os
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from threading import Barrier

import pytest

import dom
import live
import needs

requests = needs.client("requests")
pytestmark = [pytest.mark.soak, pytest.mark.writes]
ROUNDS = int(os.environ.get("EDIT_ROUNDS", "3"))
MAKE_SESSIONS = """
import json
import time
from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY
from django.contrib.auth.models import User
from django.contrib.sessions.backends.db import SessionStore
from django.utils import timezone
from catalog.models import Variant, Webhook
keys = {}
for name in ("ada", "bob", "cem", "dee"):
    user = User.objects.create_superuser(name)
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(user.pk), user.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "django.contrib.auth.backends.ModelBackend"
    session.save()
    keys[name] = session.session_key
model = Variant.objects.get(model_id="linden-ballad-4-5-20250929")
pages = {"family": model.family_id, "variant": model.pk, "provider": model.family.provider_id}
now = timezone.now()
hook = {"url": "http://127.0.0.1:9999/x", "kinds": ["price"], "is_enabled": False}
pages["webhook"] = Webhook.objects.create(name="One", created_at=now, prices_until=now, **hook).pk
print(json.dumps([keys, pages]))
"""
OWN_FIELDS = {
    "family": ["name", "source_label", "price_claim", "overview"],
    "variant": ["name", "source_label", "price_claim", "context_window"],
    "provider": ["name", "source_label", "source_url", "url"],
}
"""What each of the four editors changes, where nobody gets in the way of another."""

FORMS = {f"{name}_form" for name in (*OWN_FIELDS, "webhook")}


@pytest.fixture(scope="module")
def site(tmp_path_factory, own_database):
    """Four editors who are logged in to a site of its own, and the addresses of its change pages."""
    folder = tmp_path_factory.mktemp("edit_races")
    settings = {"CATALOG_VAR": folder, **own_database}
    with live.running(folder, WORKERS=2, MCP="off", WEBHOOKS_ALLOW_PRIVATE="true", **own_database) as url:
        made = live.manage("shell", "-v", "0", "-c", MAKE_SESSIONS, **settings)
        assert made.returncode == 0, made.stderr
        keys, pages = json.loads(made.stdout.splitlines()[-1])
        with ExitStack() as stack:
            editors = [stack.enter_context(requests.Session()) for _ in keys]
            for editor, key in zip(editors, keys.values(), strict=True):
                editor.cookies["sessionid"] = key
            yield editors, {name: f"{url}/admin/catalog/{name}/{pk}/change/" for name, pk in pages.items()}


def form_of(answer):
    """What a browser would send if the page's form were submitted as it stands."""
    assert answer.status_code == 200, answer.status_code
    forms = dom.tree(answer.text).all("form")
    form = next(node for node in forms if node.attributes.get("id") in FORMS)
    sent = {}
    for node in form.all("input"):
        at, kind = node.attributes, node.attributes.get("type")
        if "name" in at and kind != "submit" and (kind != "checkbox" or "checked" in at):
            value = at.get("value") or ("on" if kind == "checkbox" else "")
            sent.setdefault(at["name"], []).append(value)
    for node in form.all("textarea"):
        sent[node.attributes["name"]] = [node.raw.removeprefix("\n").replace("\n", "\r\n")]
    for node in form.all("select"):
        chosen = [one.attributes["value"] for one in node.all("option") if "selected" in one.attributes]
        sent[node.attributes["name"]] = chosen or ([] if "multiple" in node.attributes else [""])
    return sent


def all_at_once(editors, address, changes):
    """Each editor opens the page and changes it; all save at the same instant."""
    forms = [
        form_of(editor.get(address, timeout=60)) | change
        for editor, change in zip(editors, changes, strict=True)
    ]
    ready = Barrier(len(editors))

    def save(editor, form):
        ready.wait()
        while True:
            answer = editor.post(address, data=form, timeout=60, allow_redirects=False)
            # A worker takes so many bodies at a time and asks the others to come again.
            if answer.status_code != 503:
                return answer
            time.sleep(0.05)

    with ThreadPoolExecutor(len(editors)) as pool:
        answers = list(pool.map(save, editors, forms))
    assert {answer.status_code for answer in answers} <= {200, 302}, [answer.text[:500] for answer in answers]
    return answers, form_of(editors[0].get(address, timeout=60))


def test_a_browser_shows_the_conflict_beside_the_field_and_keeps_what_was_typed(site, browser):
    (ada, bob, *_), pages = site
    context = browser.new_context(viewport={"width": 1440, "height": 900})
    context.add_cookies([{"name": "sessionid", "value": ada.cookies["sessionid"], "url": pages["variant"]}])
    page = context.new_page()
    page.goto(pages["variant"])
    name = page.get_by_label("Name:", exact=True)
    before = name.input_value()
    theirs = form_of(bob.get(pages["variant"], timeout=60)) | {"name": "Theirs", "source_label": "Theirs too"}
    assert bob.post(pages["variant"], data=theirs, timeout=60, allow_redirects=False).status_code == 302
    name.fill("Mine")
    page.get_by_role("button", name="Save and continue editing").click()
    row = page.locator(".form-row.field-name")
    assert f"from “{before}” to “Theirs”; your value: “Mine”." in row.inner_text()
    assert "Changed by bob at" in row.inner_text()
    assert name.input_value() == "Mine"
    assert page.get_by_label("Source label:").input_value() == "Theirs too"
    assert page.locator(".errorlist:visible").count() == 1
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        row.scroll_into_view_if_needed()
        folder = live.REPOSITORY / "var" / "shots"
        folder.mkdir(parents=True, exist_ok=True)
        page.screenshot(path=folder / f"conflict-{width}.png", animations="disabled")
    page.get_by_role("button", name="Save and continue editing").click()
    page.get_by_text("was changed successfully").first.wait_for(timeout=15_000)
    assert (name.input_value(), page.get_by_label("Source label:").input_value()) == ("Mine", "Theirs too")
    context.close()


@pytest.mark.parametrize("name", OWN_FIELDS)
def test_editors_of_different_fields_all_win(site, name):
    editors, pages = site
    for number in range(ROUNDS):
        values = [str(1000 + number)] * 4
        if name == "provider":
            values[2:] = [f"https://example.com/{number}"] * 2
        changes = [{field: value} for field, value in zip(OWN_FIELDS[name], values, strict=True)]
        answers, stored = all_at_once(editors, pages[name], changes)
        assert [answer.status_code for answer in answers] == [302] * 4
        for change in changes:
            assert change.items() <= {field: value[0] for field, value in stored.items()}.items()


@pytest.mark.parametrize("name", [*OWN_FIELDS, "webhook"])
def test_of_editors_of_one_field_one_wins_and_the_others_are_told(site, name):
    editors, pages = site
    for number in range(ROUNDS):
        changes = [{"name": f"Editor {place} in round {number}"} for place in range(4)]
        answers, stored = all_at_once(editors, pages[name], changes)
        (winner,) = [place for place, answer in enumerate(answers) if answer.status_code == 302]
        assert stored["name"] == [changes[winner]["name"]]
        for place, answer in enumerate(answers):
            if place != winner:
                assert (
                    f"to “{changes[winner]['name']}”; your value: “{changes[place]['name']}”." in answer.text
                )
