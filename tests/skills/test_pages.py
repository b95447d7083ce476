"""The pages of the skills name all there are, and show what is installed, letter by letter."""

import re

import pytest
from django.conf import settings

from catalog.models import Family
from catalog.presentation.skills.skill_lookup import Shelf
from dom import tree
from twin_reader import read

pytestmark = [pytest.mark.django_db, pytest.mark.engine("sqlite")]  # what a page says is the same on both


def listings(page):
    return [node.raw.strip() for node in page.walk() if node.tag == "pre"]


def test_the_list_names_every_skill_in_both_forms(client):
    keys = [skill.key for skill in Shelf().listed()]
    assert len(keys) == Family.objects.count() + 1
    page = tree(client.get("/skills").content)
    linked = [link.attributes["href"] for link in page.one("main").all("a")]
    assert [href for href in linked if href.startswith("/skills/")] == [f"/skills/{key}" for key in keys]
    twin = client.get("/skills.md").content.decode()
    assert re.findall(rf"\({settings.SITE_URL}/skills/([^)]+)\.md\)", twin) == keys
    assert f"npx skills add {settings.SITE_URL} --skill '*' -a claude-code" in listings(page)


@pytest.mark.slow
def test_every_page_shows_its_files_and_what_is_installed(client):
    for skill in Shelf().listed():
        answer = client.get(skill.path)
        assert answer.status_code == 200, skill.key
        page = tree(answer.content)
        assert len(page.all("h1")) == 1
        links = {link.attributes["href"] for link in page.one("main").all("a")}
        assert {f"{skill.path}/{name}" for name in skill.files} <= links
        assert {f"{skill.path}.zip", f"{skill.path}.tar.gz"} <= links
        inside = [href for href in links if href.startswith("/skills/")]
        assert {client.head(href).status_code for href in inside} == {200}, skill.key
        shown = listings(page)
        assert f"npx skills add {settings.SITE_URL} --skill {skill.name} -a claude-code" in shown
        for code in re.findall(r"^```\w+\n(.*?)\n```$", skill.text, re.DOTALL | re.MULTILINE):
            assert code.strip() in shown, (skill.key, code[:60])
        assert "---" not in page.one("main").text
        twin = client.get(f"{skill.path}.md").content.decode()
        assert skill.text.strip() in twin


def test_the_tables_of_a_page_are_those_of_its_text(client):
    page = tree(client.get("/skills/linden").content)
    html = [tuple(cell.text for cell in row) for table in page.all("table") for row in table.rows()]
    _, sections = read(Shelf().find("linden").text.split("\n---\n", 1)[1])
    rows = [
        tuple(cell.text for cell in row)
        for name in ("Choose a model", "Errors")
        for table in sections[name].all("table")
        for row in table.rows()
    ]
    assert len(rows) > 12
    assert [row for row in rows if row not in html] == []


def test_a_models_page_leads_to_its_familys_skill(client):
    for path, key in (("/models/linden/ballad-4-6", "linden"), ("/models/reel-3.1/reel-3.1", "reel-3.1")):
        skill = Shelf().find(key)
        page = tree(client.get(path).content).one("section", id="agents")
        assert skill.path in {link.attributes["href"] for link in page.all("a")}
        commands = listings(page)
        assert commands[0] == f"npx skills add {settings.SITE_URL} --skill {skill.name} -a claude-code"
        assert f"claude mcp add --transport http catalog {settings.SITE_URL}/mcp" in commands
        twin = client.get(f"{path}.md").content.decode()
        assert all(command in twin for command in commands)
        assert f"({settings.SITE_URL}{skill.path}.md)" in twin


def test_without_tools_a_models_page_connects_none(client, settings):
    settings.MCP = False
    assert "claude mcp add" not in client.get("/models/linden/ballad-4-6").content.decode()


def test_the_footer_and_the_index_for_agents_lead_to_the_skills(client):
    footer = tree(client.get("/").content).one("footer")
    assert "/skills" in {link.attributes["href"] for link in footer.all("a")}
    assert f"({settings.SITE_URL}/skills.md)" in client.get("/llms.txt").content.decode()
