"""Markdown as it is stored: what another parser finds in it is harmless, and code is kept."""

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

import hostile
from catalog.text.clean_markdown import clean
from catalog.text.clean_prose import is_safe_link

COMMONMARK = MarkdownIt("commonmark").enable("table")
COMMONMARK.validateLink = lambda _address: True  # it would drop what is to be found
KEPT = [
    "",
    "Plain *words*, **strong**, `code`, a < b, a > b & c, 2 <3.",
    'See [docs](/docs/errors), [site](https://ok.example/a_(b) "Title"), [mail](mailto:a@b.example).',
    "See [here](#x).",
    "Autolinks: <https://ok.example/a?b=c> and <a@ok.example>.",
    'A [reference][one] and [another].\n\n[one]: https://ok.example\n[another]: /models/a "Title"',
    "```html\n<script>alert(1)</script> [x](javascript:x) ![y](//evil.example)\n```",
    "~~~~\n```\n<b>\n~~~~",
    "`<script>alert(1)</script>` and ``a ` <img src=x>`` and `[x](javascript:x)`",
    "Text.\n\n    <b>indented</b>\n\n    [x](javascript:x)\n\nText.",
    "1. One\n\n   ```html\n   <b>\n   ```\n\n2. Two",
    "# Heading\n\n- a\n- b `<i>`\n\n| a | b |\n|---|---|\n| `<u>` | x |\n\n> quoted",
    "Escaped \\[x\\](y) and \\`not code\\`.",
    "a\\\nb  \nc",
]
PIECES = st.sampled_from(
    [
        *("<script>", "</script>", "<b>", "<", ">", "<!--", "-->", "<a href='", "<?", "<![CDATA[", "]]>"),
        *("`", "``", "```", "~~~", "\n", "\n\n", "    ", "  ", " ", "\t", "- ", "1. ", "> ", "# ", "|", "="),
        *("[", "]", "(", ")", "](", "]:", "![", "[x]: ", "\\", '"', "'", "/", "word", "&lt;"),
        *("javascript:x", "java&#115;cript:x", "//evil.example", "/\\evil.example", "https://ok.example"),
        *("<javascript:x>", "<https://ok.example>", "data:x"),
    ]
)
TEXTS = st.lists(PIECES, max_size=24).map("".join)


def findings(source):
    """What stands in Markdown that may not: raw HTML, images, and links that are not safe."""
    tokens = list(COMMONMARK.parse(source))
    while tokens:
        token = tokens.pop()
        tokens += token.children or []
        if token.type in {"html_block", "html_inline", "image"}:
            yield token.type, token.content
        href = token.attrGet("href")
        if href is not None and not is_safe_link(str(href)):
            yield "link", href


@pytest.mark.parametrize("source", KEPT)
def test_clean_markdown_and_its_code_come_back_as_they_are(source):
    assert clean(source) == source


@pytest.mark.parametrize("source", hostile.entries("markdown"), ids=range(45))
def test_hostile_markdown_is_left_without_what_harms(source):
    began = time.monotonic()
    cleaned = clean(source)
    assert time.monotonic() - began < 2
    assert list(findings(cleaned)) == []
    assert clean(cleaned) == cleaned


def seconds(source):
    """The processor time of one cleaning."""
    began = time.process_time()
    cleaned = clean(source)
    return time.process_time() - began, cleaned


LONG = 100_000
PROSE = "See [the docs](/docs/errors) and `code`, *or* [mail](mailto:a@b.example): a < b.\n\n"
UNITS = [
    *("](", "[a](", "<!--", "<a ", "[", "`", "![", "<", "](<", "[x]: ", "]:", "(((", "<script>", "<svg><!--"),
    *("```\n", "` ``", "](a ", '](a "', "[a](&#106;", "[x](//)", "](\\", "](()", " ", "a](\t\t"),
]


@pytest.mark.slow
@pytest.mark.parametrize("unit", UNITS)
def test_a_long_text_takes_time_by_its_length(unit):
    usual = min(seconds((PROSE * 2_000)[:LONG])[0] for _ in range(2))
    for source in (
        (unit * LONG)[:LONG],
        f"[a]({(unit * LONG)[:LONG]}",
        f"x{(unit * LONG)[:LONG]}<script>[a](javascript:x)",
    ):
        took, cleaned = seconds(source)
        assert took < 30 * usual + 0.5, ascii(unit)
        assert "<script" not in cleaned or "```" in unit
        assert "](javascript:" not in cleaned or "```" in unit


def test_a_link_longer_than_any_address_is_none():
    for start in ("https://ok.example/", "/", "&#"):
        assert not is_safe_link(start + "1" * 2_000)
        cleaned = clean(f"[x]({start}{'1' * 5_000}) and [y]: {start}{'1' * 5_000}")
        assert list(findings(cleaned)) == []
        assert "](" not in cleaned
    assert is_safe_link("/" + "1" * 1_999)


@pytest.mark.slow
@settings(max_examples=1_000, deadline=None)
@given(TEXTS)
def test_no_parser_finds_a_tag_or_a_bad_link_in_any_mixture(source):
    cleaned = clean(source)
    assert list(findings(cleaned)) == []
    assert clean(cleaned) == cleaned


def test_the_parser_sees_what_is_planted():
    for planted, kind in (
        ("a <b>", "html_inline"),
        ("<script>x</script>", "html_block"),
        ("![a](https://b.example/c.png)", "image"),
        ("[x](java&#115;cript:x)", "link"),
        ("<javascript:x>", "link"),
        ("[x]\n\n[x]: data:x", "link"),
        ("[x](//evil.example)", "link"),
    ):
        assert kind in {found for found, _ in findings(planted)}, planted


@pytest.mark.parametrize(
    ("source", "cleaned"),
    [
        ("Good.<script>x()</script> Bad.", "Good. Bad."),
        ("a <b>bold</b> word", "a bold word"),
        ("[x](java\tscript:x)", "[x] (java\tscript:x)"),
        ("[x](javascript:x)", "x"),
        ("[a [b] c](data:x)", "[a [b] c]"),
        ("![alt](https://evil.example/p.gif)", "[alt](https://evil.example/p.gif)"),
        ("[x](//evil.example)", "x"),
        ("[x](/\\evil.example)", "x"),
        ("[x](java&#115;cript:x)", "x"),
        ("[x]: vbscript:x\n\n[x]", "[x] : vbscript:x\n\n[x]"),
        ("<vbscript:x>", ""),
        ("[x](<https://ok.example/a b(c)>)", "[x](https://ok.example/a%20b%28c%29)"),
        ("[x]: </a b>", "[x]: /a%20b"),
        ("<!-- hidden -->seen", "seen"),
        ("```\nopen", "```\nopen\n```"),
        ("- ```\n  a\n  ```\n<script>x</script>", "- ```\n  a\n  ```\n"),
        ("- a\n  ```\n<script>x</script>\n  ```", "- a\n  ```\n\n  ```"),
        ("`a\nb` <b> `c`", "`a\nb`  `c`"),
        ('```"><script>\nx\n```', "```\nx\n```"),
    ],
)
def test_what_is_left(source, cleaned):
    assert clean(source) == cleaned


@pytest.mark.parametrize(
    "address",
    ["", "#x", "/models/a", "a/b?c:d", "https://a.example", "HTTP://a.example", "mailto:a@b.example"],
)
def test_safe_links(address):
    assert is_safe_link(address)


@pytest.mark.parametrize(
    "address",
    [
        *(
            "javascript:x",
            " javascript:x",
            "JAVA\tSCRIPT:x",
            "java&Tab;script:x",
            "java&#x73;cript:x",
            "data:x",
        ),
        *("//evil.example", "/\\evil.example", "\\\\evil.example", "\\//evil.example", "https:evil.example"),
        *("http:///x", "file:///x"),
    ],
)
def test_links_that_are_not(address):
    assert not is_safe_link(address)
