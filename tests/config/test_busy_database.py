"""Another write takes longer than is waited for: readers do not notice, and editors keep their form."""

import sqlite3
from contextlib import closing, contextmanager

import pytest

import live
import needs
from page_types import PAGE_TYPES
from small import TOKENS_PATH

requests = needs.client("requests")
expect = needs.client("playwright.sync_api").expect

pytestmark = pytest.mark.writes
ADA, PASSWORD = "ada", "Correct-Horse-4711"
BUSY = "The database is busy: another write is under way. Nothing was saved. Try again."
TYPED = 'Typed "by hand" & kept.\nIn two lines.'
UNTYPED = {"csrfmiddlewaretoken", "_shown"}
"""What is signed anew each time that a form is shown."""
WHY = "The provider cut its price"
READ = ("/api/v1/models", "/models.csv", "/changes.atom", "/lifecycle.ics", "/llms.txt", "/llms-full.txt",
        "/sitemap.xml", "/readyz", f"{TOKENS_PATH}.md", "/admin/login/")  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory, new_database):
    """The address of a site with an administrator, and a way to hold its database's lock."""
    folder = tmp_path_factory.mktemp("busy")
    with new_database() as database, live.running(folder, MCP="off", **impatient(database)) as url:
        given = {"CATALOG_VAR": folder, "DATABASE_URL": f"sqlite:///{folder}/catalog.sqlite3", **database}
        made = live.manage(
            *("createsuperuser", "--noinput", "--username", ADA, "--email", "ada@example.com"),
            **{**given, "DJANGO_SUPERUSER_PASSWORD": PASSWORD},
        )
        assert made.returncode == 0, made.stderr
        yield url, given["DATABASE_URL"]


def impatient(database):
    """The settings of a site that waits for a lock of PostgreSQL for two seconds, not eight."""
    return {
        name: f"{url}?options=-c%20lock_timeout%3D2s" if url.startswith("postgres") else url
        for name, url in database.items()
    }


@contextmanager
def another_write(database):
    """Hold what a write holds, while the block runs."""
    if database.startswith("sqlite:///"):
        with closing(sqlite3.connect(database.removeprefix("sqlite:///"), isolation_level=None)) as link:
            link.execute("BEGIN IMMEDIATE")
            yield
            link.execute("ROLLBACK")
        return
    import psycopg

    with psycopg.connect(database) as link:
        names = link.execute("SELECT quote_ident(tablename) FROM pg_tables WHERE schemaname = 'public'")
        link.execute(f"LOCK TABLE {', '.join(name for (name,) in names)} IN EXCLUSIVE MODE")
        yield
        link.rollback()


@pytest.fixture
def page(browser, site):
    """A page of an administrator, who has logged in."""
    context = browser.new_context(base_url=site[0])
    context.set_default_timeout(15_000)
    opened = context.new_page()
    opened.goto("/admin/login/")
    opened.fill("#id_username", ADA)
    opened.fill("#id_password", PASSWORD)
    opened.click("[type=submit]")
    expect(opened.locator("#user-tools")).to_contain_text("ada", ignore_case=True)
    yield opened
    context.close()


def sent(page, button):
    """The status of what a button leads to."""
    with page.expect_navigation(timeout=30_000) as navigation:
        page.click(button)
    return navigation.value.status


def test_readers_do_not_notice_a_write(site):
    url, database = site
    with another_write(database):
        for path in [*PAGE_TYPES.values(), *READ]:
            answer = requests.get(url + path, timeout=20)
            assert answer.status_code == (404 if "no-such-model" in path and "q=" not in path else 200), path
            assert answer.elapsed.total_seconds() < 4, path


def fields(page, form):
    """All that a form would send now, but for what is signed."""
    found = page.locator(form).evaluate(
        "form => [...new FormData(form)].map(([key, value]) => [key, `${value}`])"
    )
    return sorted((key, value.replace("\r", "")) for key, value in found if key not in UNTYPED)


def refused(page, database, form, button):
    """Send a form during another write: it is the same afterwards, and says why."""
    typed = fields(page, form)
    assert len(typed) > 5
    with another_write(database):
        assert sent(page, button) == 503
    expect(page.locator(".errorlist, .errornote").filter(has_text=BUSY)).to_be_visible()
    assert fields(page, form) == typed


@pytest.mark.parametrize("kind", ["provider", "family", "variant"])
def test_a_change_form_keeps_every_field(page, site, kind):
    page.goto(f"/admin/catalog/{kind}/")
    page.click("#result_list tbody th a >> nth=0")
    page.fill("[name=name]", f"Typed {kind}")
    page.fill("[name=change_reason]", WHY)
    if kind != "provider":
        page.fill("[name=overview]", TYPED)
    if kind == "variant":
        page.click("#aliases-group summary")
        page.click("#aliases-group .add-row a")
        page.fill("#aliases-group .dynamic-aliases [name$=alias_id] >> nth=-1", "typed-by-hand")
    refused(page, site[1], f"#{kind}_form", "[name=_continue]")
    assert sent(page, "[name=_continue]") == 200
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.input_value("[name=name]") == f"Typed {kind}"


def test_an_edit_made_meanwhile_by_somebody_else_is_not_taken_back(page, site):
    page.goto("/admin/catalog/family/")
    page.click("#result_list tbody th a >> nth=1")
    page.fill("[name=overview]", TYPED)
    other = page.context.new_page()
    other.goto(page.url)
    other.fill("[name=price_claim]", "Half of the list price")
    assert sent(other, "[name=_continue]") == 200
    with another_write(site[1]):
        assert sent(page, "[name=_continue]") == 503
    assert sent(page, "[name=_continue]") == 200
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.input_value("[name=overview]") == TYPED
    assert page.input_value("[name=price_claim]") == "Half of the list price"


def test_an_add_form_keeps_every_field(page, site):
    page.goto("/admin/catalog/provider/add/")
    page.fill("[name=name]", "Typed by hand")
    page.fill("[name=slug]", "typed-by-hand")
    refused(page, site[1], "#provider_form", "[name=_save]")
    assert sent(page, "[name=_save]") == 200
    expect(page.locator(".messagelist .success")).to_contain_text("Typed by hand")


def test_the_desk_keeps_what_was_typed(page, site):
    page.goto("/admin/catalog/changeset/desk/?q=ballad-4-5")
    page.locator(".desk-cell").first.fill("2.75")
    page.fill("[name=reason]", WHY)
    page.fill("[name=source_label]", "Price list")
    refused(page, site[1], "form:has(.desk-cell)", "[name=_cells]")
    assert sent(page, "[name=_cells]") == 200
    expect(page.locator(".messagelist")).to_contain_text("is a draft of 1 edits")


def test_a_log_in_keeps_the_name_and_asks_for_the_password_again(browser, site):
    context = browser.new_context(base_url=site[0])
    context.set_default_timeout(15_000)
    page = context.new_page()
    page.goto("/admin/login/?next=/admin/catalog/provider/")
    page.fill("#id_username", ADA)
    page.fill("#id_password", PASSWORD)
    with another_write(site[1]):
        assert sent(page, "[type=submit]") == 503
    expect(page.locator("main")).to_contain_text("so nobody could be logged in. Try again.")
    expect(page.get_by_label("Username")).to_have_value(ADA)
    assert PASSWORD not in page.content()
    page.fill("[name=password]", PASSWORD)
    assert sent(page, "main button") == 200
    assert page.url.endswith("/admin/catalog/provider/")
    context.close()


def test_any_other_form_of_the_admin_can_be_sent_again(page, site):
    page.goto("/admin/auth/user/add/")
    page.fill("[name=username]", "grace")
    page.fill("[name=password1]", "Another-Horse-4711")
    page.fill("[name=password2]", "Another-Horse-4711")
    with another_write(site[1]):
        assert sent(page, "[name=_save]") == 503
    expect(page.locator("main")).to_contain_text(BUSY)
    page.get_by_text("What you typed").click()
    expect(page.get_by_text("grace")).to_be_visible()
    page.fill("[name=password1]", "Another-Horse-4711")
    page.fill("[name=password2]", "Another-Horse-4711")
    assert sent(page, "main button") == 200
    expect(page.locator(".messagelist .success")).to_contain_text("grace")
