"""Pages come without the indentation and the silent lines of their templates; debugging keeps lines."""

import re

import pytest
from django.template import engines
from django.template.exceptions import TemplateSyntaxError

from catalog.models import Variant
from dom import tree
from small import TOKENS


@pytest.mark.django_db
@pytest.mark.engine("sqlite")
def test_no_line_of_a_page_is_indented_but_in_code(client):
    html = client.get(Variant.objects.get(model_id=TOKENS).path).content.decode()
    outside = re.sub(r"<(pre|textarea)\b.*?</\1>", "", html, flags=re.DOTALL)
    assert len(outside.splitlines()) > 500
    assert not [line for line in outside.splitlines() if re.match(r"[ \t]+<", line)]
    assert "\n  -" in tree(html).one("section", id="quickstart").first("pre").raw


def test_an_error_names_the_line_of_the_file(settings, tmp_path):
    (tmp_path / "wrong.html").write_text("<div>\n\n  {% if a %}\n    {% nothing %}\n  {% endif %}\n</div>\n")
    debugged = {**settings.TEMPLATES[0]["OPTIONS"], "debug": True}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": debugged}]
    with pytest.raises(TemplateSyntaxError) as refused:
        engines["django"].get_template("wrong.html")
    assert refused.value.token.lineno == 4


def test_text_that_is_no_html_keeps_its_own(settings, tmp_path):
    (tmp_path / "list.md").write_text("- one\n  - two\n")
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert engines["django"].get_template("list.md").render() == "- one\n  - two\n"


def test_lines_that_write_nothing_leave_no_empty_line(settings, tmp_path):
    head, body = "{% load static %}\n{# Why. #}\n<p>\n", "  {% if a %}\n\n    {{ a }}\n  {% endif %}\n"
    source = f"{head}{body}{{% if a %}}b{{% endif %}}\nc</p>\n"
    (tmp_path / "page.html").write_text(source)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    assert engines["django"].get_template("page.html").render({"a": "a"}) == "<p>\na\nb\nc</p>\n"


@pytest.mark.parametrize("name", ["page.html", "page.md"])
def test_a_backslash_joins_the_next_line(settings, tmp_path, name):
    lines = ["<ul>", "  <li>\\", "    {% if a %}\\", "      <a \\", "        href='b'>{{ a }}</a>\\"]
    source = "\n".join([*lines, "    {% endif %}\\", "  </li>", "</ul>\n"])
    (tmp_path / name).write_text(source)
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path]}]
    indent = "" if name.endswith(".html") else "  "
    expected = f"<ul>\n{indent}<li><a href='b'>a</a></li>\n</ul>\n"
    assert engines["django"].get_template(name).render({"a": "a"}) == expected


def test_joined_lines_keep_the_number_of_those_after_them(settings, tmp_path):
    (tmp_path / "wrong.html").write_text("<p>\\\n  a \\\n  b\\\n</p>\n{% nothing %}\n")
    debugged = {**settings.TEMPLATES[0]["OPTIONS"], "debug": True}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": debugged}]
    with pytest.raises(TemplateSyntaxError) as refused:
        engines["django"].get_template("wrong.html")
    assert refused.value.token.lineno == 5


def test_a_table_of_markdown_has_no_empty_line_while_templates_are_debugged(settings, tmp_path):
    (tmp_path / "table.md").write_text("| a |\n| --- |\n| {{ b }} \\\n|\n| c |\n")
    debugged = {**settings.TEMPLATES[0]["OPTIONS"], "debug": True}
    settings.TEMPLATES = [{**settings.TEMPLATES[0], "DIRS": [tmp_path], "OPTIONS": debugged}]
    assert engines["django"].get_template("table.md").render({"b": "b"}) == "| a |\n| --- |\n| b |\n| c |\n"
