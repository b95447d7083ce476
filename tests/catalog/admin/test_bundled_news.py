"""The admin's front page says how much newer the bundled catalog is, shows the plan, and loads it."""

import html
import re

import pytest
from django.core.cache import cache

from catalog.admin import bundled
from catalog.models import ImportFile, Revision, Variant
from catalog_files import write

pytestmark = pytest.mark.django_db
FILE = """
[provider]
slug = "hummer"
name = "Hummer"

[[family]]
slug = "tune"
name = "Tune"

[[family.model]]
model_id = "tune-1"
context_window = 1000
"""
PLAN = "/admin/catalog/importfile/bundled/"


@pytest.fixture
def files(tmp_path, monkeypatch):
    """Writes the bundled catalog of a release."""
    cache.clear()

    def release(text):
        path = write(tmp_path, text)
        monkeypatch.setattr(bundled, "bundled_files", lambda: [path])

    release(FILE)
    return release


def load():
    bundled.apply(bundled._plan(), reason="a test")


def test_a_catalog_without_any_of_its_models_is_told_nothing(admin_client, files):
    assert "newer than yours" not in admin_client.get("/admin/").content.decode()


def test_newer_facts_are_counted_on_the_front_page_and_shown_and_loaded(admin_client, files):
    load()
    assert "newer than yours" not in admin_client.get("/admin/").content.decode()
    files(FILE.replace("1000", "2000\nmax_input_tokens = 1500"))
    page = admin_client.get("/admin/").content.decode()
    assert "The bundled catalog has 2 facts newer than yours" in page
    assert f'href="{PLAN}"' in page
    page = admin_client.get(PLAN).content.decode()
    assert "context_window: 1000 → 2000" in page
    shown = re.search(r'name="plan" value="([^"]+)"', page)[1]
    assert admin_client.post(PLAN, {"plan": "another"}).status_code == 200
    assert Variant.objects.get(model_id="tune-1").context_window == 1000, "only what was shown is loaded"
    assert admin_client.post(PLAN, {"plan": shown}).status_code == 302
    model = Variant.objects.get(model_id="tune-1")
    assert (model.context_window, model.max_input_tokens) == (2000, 1500)
    assert Revision.objects.latest("number").actor.username == "admin"
    assert "newer than yours" not in admin_client.get("/admin/").content.decode()
    assert "nothing to load" in admin_client.get(PLAN).content.decode()
    assert not ImportFile.objects.exists()


def test_what_the_admin_set_is_no_news(admin_client, files):
    load()
    Variant.objects.filter(model_id="tune-1").update(admin_fields=["context_window"])
    files(FILE.replace("1000", "2000"))
    assert bundled.news() == bundled.News()


def test_an_edit_that_contradicts_the_files_is_told_and_breaks_no_page(admin_client, files):
    load()
    files(FILE.replace("context_window", 'aliases = ["hum"]\ncontext_window'))
    other = Variant.objects.create(
        family=Variant.objects.get(model_id="tune-1").family, model_id="tune-2", slug="2"
    )
    other.aliases.create(alias_id="hum")
    page = admin_client.get("/admin/").content.decode()
    assert "The bundled catalog cannot be loaded over yours" in page
    assert "already names tune-2" in html.unescape(page)
    assert "Nothing was loaded" in admin_client.get(PLAN).content.decode()
    assert admin_client.post(PLAN, {"plan": "x"}).status_code == 200


def test_the_front_page_plans_once_per_revision(admin_client, files, django_assert_num_queries):
    load()
    assert bundled.news() == bundled.News()
    with django_assert_num_queries(1):
        assert bundled.news() == bundled.News()


def test_who_may_not_see_imports_sees_neither(client, files, django_user_model):
    load()
    files(FILE.replace("1000", "2000"))
    client.force_login(django_user_model.objects.create_user("ann", is_staff=True))
    assert "newer than yours" not in client.get("/admin/").content.decode()
    assert client.get(PLAN).status_code == 403
