"""Renders a `SKILL.md` as HTML."""

import re
from html import escape

from catalog.presentation.skills.skill import FOLDER, Skill
from catalog.snippets import highlight
from catalog.text.language import mark, say
from catalog.text.markdown_to_html import render_markdown

_FRONT = re.compile(r"\A---\n.*?\n---\n", re.DOTALL)
_TITLE = re.compile(r"\A# .*\n")
_FENCED = re.compile(r"^(`{3,})(\w*)\n(.*?)\n\1$", re.DOTALL | re.MULTILINE)
_HEADING = re.compile(r"^(#{2,4}) ", re.MULTILINE)
_TABLE = re.compile(r"<table>.*?</table>", re.DOTALL)
_HEAD = re.compile(r"<th>(.*?)</th>", re.DOTALL)
_ROW = re.compile(r"<tr>\s*<td>.*?</tr>", re.DOTALL)
LABELS = {"bash": mark("Shell"), "python": mark("Python")}


def body_html(skill: Skill) -> str:
    """Render the text below front matter and title."""
    text = _TITLE.sub("", _FRONT.sub("", skill.text))
    pieces, end = [], 0
    for block in _FENCED.finditer(text):
        pieces += [_prose(text[end : block.start()], skill), _code(block[3], block[2])]
        end = block.end()
    return "".join([*pieces, _prose(text[end:], skill)])


def _prose(text: str, skill: Skill) -> str:
    # One level down: the page's own headings are above. Links to references get a whole address.
    lowered = _HEADING.sub(r"\1# ", text).replace(f"]({FOLDER}", f"]({skill.path}/{FOLDER}")
    return _TABLE.sub(_framed, render_markdown(lowered))


def _framed(match: re.Match[str]) -> str:
    # On a phone each row is a card, where every cell shows its label.
    labels = _HEAD.findall(match[0])
    rows = _ROW.sub(lambda row: _labelled(row[0], labels), match[0])
    frame = (
        f'<div class="table-card table-rows" role="group" aria-label="{escape(say("Table"))}" tabindex="0">'
    )
    return f"{frame}{rows}</div>"


def _labelled(row: str, labels: list[str]) -> str:
    first, *others = row.split("<td>")[1:]
    named = zip(labels[1:], others, strict=False)
    cells = "".join(f'<td data-label="{label}">{cell}' for label, cell in named)
    return f'<tr><td class="cell-wide">{first}{cells}'


def _code(code: str, language: str) -> str:
    label = escape(say(LABELS.get(language, mark("Text"))))
    inside = highlight(code, language) if language in LABELS else escape(code)
    return (
        f'<pre class="code" tabindex="0" role="group" aria-label="{label}">'
        f'<code class="language-{escape(language)}">{inside.rstrip()}\n</code></pre>'
    )
