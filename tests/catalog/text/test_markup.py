"""Markdown is rendered alike however many threads render at once."""

import sys
from concurrent.futures import ThreadPoolExecutor

import pytest

from catalog.text.markdown_to_html import render_markdown

TEXTS = [
    f"Text {number} is *here*.\n\n- one `{number}`\n- two\n\n    code {number}\n\n| a |\n|---|\n| {number} |"
    for number in range(40)
]


@pytest.fixture
def often_switched():
    before = sys.getswitchinterval()
    sys.setswitchinterval(1e-6)
    yield
    sys.setswitchinterval(before)


@pytest.mark.usefixtures("often_switched")
def test_threads_do_not_mix_their_texts():
    alone = [render_markdown(text) for text in TEXTS]
    with ThreadPoolExecutor(8) as pool:
        assert list(pool.map(render_markdown, TEXTS * 8)) == alone * 8
