"""A style sheet is collected as one file that says what its parts say, and only that."""

import re
from contextlib import closing
from pathlib import Path

import pytest
from django.core.files.storage import FileSystemStorage
from django.core.management import call_command
from django.test import override_settings

from config.static_files import joined

STATIC = Path(__file__).resolve().parents[2] / "static"
SHEETS = ["admin", "compare", "site"]
# What a browser understands: each rule, with the layers and conditions around it.
UNDERSTOOD = """css => {
  const style = document.createElement("style");
  style.textContent = css;
  document.head.replaceChildren(style);
  const read = (rules, around) => [...rules].flatMap(rule => {
    const head = rule.cssText.split("{")[0].trim();
    if (rule.cssRules && !rule.selectorText) return read(rule.cssRules, [...around, head]);
    return [[...around, rule.cssText.replace(/,\\s+/g, ",")].join(" | ")];
  });
  return read(style.sheet.cssRules, []);
}"""


def paths(folder=STATIC):
    """Where the files of a folder lie, as collectstatic tells a storage."""
    storage = FileSystemStorage(folder)
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return {name: (storage, name) for name in names}


@pytest.fixture(scope="module")
def collected(tmp_path_factory):
    """The folder into which the project's static files were collected."""
    folder = tmp_path_factory.mktemp("static")
    storages = {"staticfiles": {"BACKEND": "config.static_files.HashedFiles"}}
    finders = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    with override_settings(STATIC_ROOT=folder, STORAGES=storages, STATICFILES_FINDERS=finders):
        call_command("collectstatic", interactive=False, verbosity=0)
        (folder / "css/site.css").write_text("of an older release")
        call_command("collectstatic", interactive=False, verbosity=0)
    return folder


@pytest.mark.parametrize("name", SHEETS)
def test_a_collected_sheet_is_one_minified_file(collected, name):
    css = (collected / f"css/{name}.css").read_text()
    assert "@import" not in css
    assert "\n" not in css.strip()
    assert len(css) < len(joined(f"css/{name}.css", paths())) * 0.85
    hashed = [
        path.name for path in collected.glob(f"css/{name}.*") if re.search(r"\.[0-9a-f]{12}\.", path.name)
    ]
    assert sorted(re.sub(r"\.[0-9a-f]{12}\.", ".", one) for one in hashed) == [
        f"{name}.css",
        f"{name}.css.br",
        f"{name}.css.gz",
    ]
    assert [path for path in (collected / f"css/{name}").rglob("*") if path.is_file()] == []


@pytest.mark.parametrize("name", SHEETS)
def test_a_browser_understands_the_minified_sheet_as_its_parts(browser, collected, name):
    page = browser.new_page()
    source = page.evaluate(UNDERSTOOD, joined(f"css/{name}.css", paths()))
    assert len(source) > 40
    assert page.evaluate(UNDERSTOOD, (collected / f"css/{name}.css").read_text()) == source
    page.close()


@pytest.mark.parametrize("name", SHEETS)
def test_each_part_is_in_its_sheet_once(name):
    named = re.findall(r'^@import "([^"]+)";$', (STATIC / f"css/{name}.css").read_text(), re.MULTILINE)
    parts = [path.relative_to(STATIC / "css").as_posix() for path in (STATIC / f"css/{name}").glob("*.css")]
    assert sorted(named) == sorted(parts)


def test_a_part_that_does_not_exist_is_named(tmp_path):
    (tmp_path / "css").mkdir()
    (tmp_path / "css/site.css").write_text('@import "site/colors.css";\n')
    with pytest.raises(ValueError, match=r"site/colors\.css, but there is no static/css/site"):
        joined("css/site.css", paths(tmp_path))


def test_a_checkout_serves_the_parts(client):
    with closing(client.get("/static/css/site.css")) as sheet:
        parts = re.findall(r'@import "([^"]+)"', b"".join(sheet.streaming_content).decode())
    for part in parts:
        with closing(client.get(f"/static/css/{part}")) as answer:
            assert answer.status_code == 200
    assert len(parts) > 30
