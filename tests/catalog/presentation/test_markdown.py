"""Whatever a value holds, it is read back from the Markdown letter by letter, and ends nothing around it."""

import pytest
from markdown_it import MarkdownIt

import hostile
from catalog.presentation.wording import markdown
from dom import tree

PARSER = MarkdownIt("commonmark").enable("table")
VALUES = list(
    dict.fromkeys(
        [
            *(one for kind in ("model_ids", "prompts", "markdown") for one in hostile.entries(kind)),
            "a|b`c`|d",
            "1. x",
            "2) x",
            "- x",
            "+ x",
            "# x",
        ]
    )
)
numbered = [str(number) for number in range(len(VALUES))]


def parsed(text):
    return tree(PARSER.render(text))


def plain(value):
    """What is left of a value on one line."""
    return " ".join(markdown._CONTROL.sub(" ", value).split())


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=numbered)
def test_a_value_in_a_table_stays_in_its_cell(value):
    cells = f"| {markdown.text(value)} | {markdown.cell_code(value)} | {markdown.cell_said(value)} | last |"
    page = parsed(f"| a | b | c | d |\n| --- | --- | --- | --- |\n{cells}\n\nafter")
    (row,) = page.rows()
    assert [cell.text for cell in row][3:] == ["last"]
    assert row[0].text == plain(value)
    assert row[1].text == plain(value)
    assert {node.tag for node in row[0].walk()} == {"td"}
    assert {node.tag for node in row[1].walk()} <= {"td", "code"}
    assert page.all("p")[-1].text == "after"


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=numbered)
def test_a_value_in_a_line_is_text_or_code_and_nothing_else(value):
    page = parsed(f"- A: {markdown.text(value)}\n- B: {markdown.code(value)}\n- C: {markdown.said(value)}\n")
    first, second, _third = page.all("li")
    assert first.text == f"A: {plain(value)}".strip()
    assert second.text == f"B: {plain(value)}".strip()
    assert {node.tag for node in page.walk()} <= {"", "ul", "li", "code"}


@pytest.mark.parametrize("value", VALUES, ids=numbered)
def test_a_block_of_code_is_read_back_letter_by_letter(value):
    page = parsed(f"{markdown.fenced(value, 'bash')}\n\nafter")
    code = page.one("pre").raw.rstrip("\n")
    assert code.split() == value.replace("\0", "\N{REPLACEMENT CHARACTER}").split()
    assert page.all("p")[-1].text == "after"


def test_an_address_stays_within_its_brackets():
    for value in [*hostile.entries("urls"), *VALUES]:
        address = markdown.address(value, "https://catalog.example")
        assert not set(address) & set(" ()<>[]\n\r\t\0\\`|"), value


def test_what_an_editor_wrote_keeps_its_marks_and_closes_what_it_opened():
    text = "See [docs](/docs/quickstart) and [below](#a).\n\n```bash\n[not](/a/link)\n"
    said = markdown.written(text, "https://c.example", "https://c.example/models/a/b")
    assert "[docs](https://c.example/docs/quickstart)" in said
    assert "[below](https://c.example/models/a/b#a)" in said
    assert "[not](/a/link)" in said
    assert said.endswith("```")


def test_blank_lines_go_but_not_those_of_code():
    assert markdown.tidy("\n\na \n\n\n\nb\n```\nx\n\n\ny\n```\n\n\n") == "a\n\nb\n```\nx\n\n\ny\n```\n"


@pytest.mark.slow
@pytest.mark.parametrize("value", VALUES, ids=numbered)
def test_a_value_that_begins_a_paragraph_opens_nothing(value):
    for written in (markdown.text(value), markdown.said(value)):
        assert {node.tag for node in parsed(f"{written} is retired.").walk()} <= {"", "p", "code"}


def test_a_date_and_an_amount_are_written_as_they_are():
    for value in ("2026-11-24", "$1.875", "1.5M", "200,000 tokens", "23 November 2026", "per 1M tokens"):
        assert markdown.text(value) == value
