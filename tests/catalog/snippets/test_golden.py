"""Snippets look exactly like their golden files; `UPDATE_GOLDEN=1` writes those anew, to be read first."""

import os
import sys
from pathlib import Path

import pytest

from catalog.records.record import Record
from catalog.snippets import LANGUAGES, Request, describe, languages_of
from snippet_records import SITE, gemini_record, speech_record, task_record, text_record

GOLDEN = Path(__file__).parents[2] / "golden" / "snippets"
ABLE = {"capabilities": ["tool_call", "vision", "pdf_input", "audio_input"]}
OPTIONS = {
    "anthropic-messages": ("conversation", "tool_result", "pdf", "count_tokens", "async", "timeouts"),
    "openai-chat": ("tool_result", "image_file", "audio"),
    "openai-responses": ("conversation", "tool_result", "pdf"),
    "openai-embeddings": ("batch",),
    "gemini-generate-content": ("conversation", "tool_result", "image_file", "async", "timeouts"),
}
"""Protocol -> the options of which a golden file is kept: one of each kind that code differs in."""


def plain(record: Record) -> list[Request]:
    """The calls without an option."""
    return [request for request in describe(record) if request.option == "basic"]


REQUESTS = {
    **{request.protocol: request for request in plain(text_record())},
    "gemini-generate-content-stream": plain(text_record())[-1],
    "gemini-generate-content": plain(gemini_record())[0],
    **{
        f"{request.protocol}-{request.option}": request
        for record in (text_record() | ABLE, gemini_record() | ABLE)
        for request in describe(record)
        if request.option in OPTIONS.get(request.protocol, ())
    },
    **{
        f"{request.protocol}-stream": request
        for request in describe(text_record() | {"capabilities": ["streaming"]})
        if request.option == "streaming"
    },
    **{
        f"{request.protocol}-{request.option}": request
        for request in [*describe(text_record())[:3], *describe(gemini_record())]
        if request.option in {"async", "timeouts"}
    },
    "task": describe(task_record())[0],
    "task-image-input": next(each for each in describe(task_record()) if each.action == "remix_image"),
    "task-retry": next(each for each in describe(task_record()) if each.is_retried),
    "task-sync": describe(speech_record())[0],
    "task-sync-upload": describe(speech_record())[1],
}


NAMES = [(name, language) for name, request in REQUESTS.items() for language in languages_of(request)]


@pytest.mark.parametrize(("name", "language"), NAMES)
def test_a_snippet_is_as_its_golden_file(name: str, language: str) -> None:
    request: Request = REQUESTS[name]
    snippet = LANGUAGES[language](request, SITE)
    text = f"{snippet.install or 'nothing to install'}\n----\n{snippet.code}\n"
    file = GOLDEN / f"{name}.{language}.txt"
    if os.environ.get("UPDATE_GOLDEN"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)
    assert file.read_text() == text


def test_no_golden_file_is_left_over() -> None:
    assert {file.stem for file in GOLDEN.iterdir()} == {f"{name}.{language}" for name, language in NAMES}


@pytest.mark.programs
def test_rendering_needs_no_django() -> None:
    code = (
        "import sys; from catalog.snippets import snippets; "
        "sys.exit(any(name == 'django' or name.startswith('django.') for name in sys.modules))"
    )
    import subprocess

    assert subprocess.run([sys.executable, "-c", code], cwd=GOLDEN.parents[2], check=False).returncode == 0
