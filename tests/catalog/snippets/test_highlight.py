"""Highlighted code is the same text, escaped, with classes and no style."""

import html
import re

import pytest

from catalog.snippets import highlight, snippets
from snippet_records import HOSTILE, SITE, made_records, text_record

TAG = re.compile(r"</?span[^>]*>")


@pytest.mark.slow
def test_the_text_of_every_snippet_survives_unchanged() -> None:
    for value in HOSTILE:
        for record in made_records(value):
            for snippet in snippets(record, SITE):
                marked = highlight(snippet.code, snippet.lexer)
                # A browser reads CR LF as LF, whatever a page holds.
                assert html.unescape(TAG.sub("", marked)) == snippet.code.replace("\r\n", "\n") + "\n"


def test_only_spans_with_classes_are_written() -> None:
    for record in made_records("</script><img src=x onerror=alert(1)>"):
        for snippet in snippets(record, SITE):
            marked = highlight(snippet.code, snippet.lexer)
            assert (
                set(re.findall(r"<[^>]*>", re.sub(r'<span class="[a-z0-9]+">|</span>', "", marked))) == set()
            )


def test_the_body_inside_a_command_is_coloured_as_json() -> None:
    (snippet,) = snippets(text_record(), SITE, protocol="openai-chat", language="curl", option="basic")
    marked = highlight(snippet.code, snippet.lexer)
    assert '<span class="nt">"model"</span>' in html.unescape(marked)
    assert '<span class="s1">\'</span>' in html.unescape(marked)


def test_a_quoted_word_that_is_no_json_object_stays_a_shell_string() -> None:
    marked = html.unescape(highlight("echo '[1]'", "bash"))
    assert "<span class=\"s1\">'[1]'</span>" in marked


def test_an_unknown_lexer_only_escapes() -> None:
    assert highlight("a < b & c", "no-such-language") == "a &lt; b &amp; c\n"
