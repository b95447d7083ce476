"""Runs snippets in bash, Python and Node against recorders, and gives the calls that each made.

Nothing leaves the process: `curl`, `sleep`, the SDKs, `requests` and `fetch` are stood in for by recorders
that join addresses as the real ones do.
"""

import io
import json
import os
import subprocess
import sys
import time
import types
from collections.abc import Iterator, Sequence
from contextlib import chdir, redirect_stdout
from pathlib import Path
from typing import Any
from unittest import mock

from snippet_calls import ANSWERS, KEY, Call
from snippet_modules import run_javascript, run_typescript

JQ = r"""jq() {
  read -r document
  local value='": "([^"]*)"'
  case $* in
    *.id*) [[ $document =~ \"id$value ]] ;;
    *.status) [[ $document =~ \"status$value ]] ;;
    *) return ;;
  esac
  echo "${BASH_REMATCH[1]}"
}"""
"""Stands in for jq in long runs: starting the real one takes longer than all the rest."""


def run_curl(
    codes: Sequence[str], folder: Path, variable: str = "RUNAPI_KEY", *, real_jq: bool = False
) -> list[list[Call]]:
    """Run each code in bash, with a `curl` that records its arguments."""
    driver = [
        "answer() { read -r n <n; echo $((n + 1)) >n; case $n in",
        '  0) echo "$A0";; 1) echo "$A1";; 2) echo "$A2";; *) echo "$A3";; esac; }',
        'curl() { printf "%s\\0" "$@" >>log; printf "\\n\\0" >>log; answer; }',
        "sleep() { :; }",
        "" if real_jq else JQ,
    ]
    for number, code in enumerate(codes):
        (folder / f"{number}.sh").write_text(code)
        driver += ["echo 0 >n", f"source ./{number}.sh >out 2>err || exit 3", "printf '\\t\\0' >>log"]
    (folder / "driver").write_text("\n".join(driver))
    answers = {f"A{number}": json.dumps(answer) for number, answer in enumerate(ANSWERS)}
    environment = {"PATH": os.environ["PATH"], "HOME": "/nowhere", variable: KEY} | answers
    subprocess.run(["bash", "driver"], cwd=folder, env=environment, check=True, timeout=300)
    logged = (folder / "log").read_bytes().decode().split("\t\0")[:-1]
    return [[_curl_call(part.split("\0")[:-1]) for part in one.split("\n\0")[:-1]] for one in logged]


def _curl_call(arguments: list[str]) -> Call:
    call: Call = {"method": "GET", "key": None}
    words = iter(arguments)
    for word in words:
        if word == "--header":
            name, _, value = next(words).partition(": ")
            if name == "Authorization":
                call["key"] = value.removeprefix("Bearer ")
        elif word == "--data-raw":
            call |= {"method": "POST", "body": json.loads(next(words)), "files": {}}
        elif word in {"--form", "--form-string"}:
            name, _, value = next(words).partition("=")
            call |= {"method": "POST", "body": call.get("body", {}), "files": call.get("files", {})}
            call["files" if word == "--form" else "body"][name] = (
                value.removeprefix("@") if word == "--form" else value
            )
        elif not word.startswith("--"):
            assert "url" not in call, f"a second address: {word}"
            call["url"] = word
    return call


class _Answer(types.SimpleNamespace):
    """What an SDK gives back; read as a stream, it holds no event."""

    def __iter__(self) -> Iterator[Any]:
        return iter(())


class _Recorder:
    """Stands in for every Python package that snippets import."""

    def __init__(self) -> None:
        self.calls: list[Call] = []

    def answer(self) -> Any:
        body = ANSWERS[min(len(self.calls) - 1, 3)]
        chunk = types.SimpleNamespace(text="text", type="text", message=types.SimpleNamespace(content="text"))
        return _Answer(
            json=lambda: body,
            raise_for_status=lambda: None,
            iter_lines=lambda: [b"data: {}", b""],
            content=[chunk],
            choices=[chunk],
            data=[types.SimpleNamespace(embedding=[0.5])],
            output_text="text",
            text="text",
        )

    def post(self, url: str, headers: dict[str, str], timeout: int, **given: Any) -> Any:
        files = {name: file.name for name, file in given.get("files", {}).items()}
        body = given["json"] if "json" in given else given["data"]
        key = headers["Authorization"].removeprefix("Bearer ")
        self.calls.append({"method": "POST", "url": url, "key": key, "body": body, "files": files})
        return self.answer()

    def get(self, url: str, headers: dict[str, str], timeout: int) -> Any:
        self.calls.append(
            {"method": "GET", "url": url, "key": headers["Authorization"].removeprefix("Bearer ")}
        )
        return self.answer()

    def sdk(self, *ways: tuple[str, str]) -> Any:
        def client(base_url: str, api_key: str) -> Any:
            made = types.SimpleNamespace()
            for dotted, path in ways:
                at = made
                for step in dotted.split("."):
                    at.__dict__.setdefault(step, types.SimpleNamespace())
                    at = getattr(at, step)
                at.create = self._create(base_url + path, api_key)
            return made

        return client

    def _create(self, url: str, key: str) -> Any:
        def create(extra_body: dict[str, Any] | None = None, **body: Any) -> Any:
            call = {"method": "POST", "url": url, "key": key, "body": body | (extra_body or {}), "files": {}}
            self.calls.append(call)
            return self.answer()

        return create

    def genai(self, api_key: str, http_options: dict[str, str]) -> Any:
        def call(method: str, ending: str) -> Any:
            def generate(model: str, contents: Any) -> Any:
                root = f"{http_options['base_url']}/{http_options['api_version']}"
                url = f"{root}/models/{model}:{method}{ending}"
                if isinstance(contents, str):
                    contents = [{"role": "user", "parts": [{"text": contents}]}]
                body = {"contents": contents}
                self.calls.append({"method": "POST", "url": url, "key": api_key, "body": body, "files": {}})
                return [self.answer()] if ending else self.answer()

            return generate

        models = types.SimpleNamespace(
            generate_content=call("generateContent", ""),
            generate_content_stream=call("streamGenerateContent", "?alt=sse"),
        )
        return types.SimpleNamespace(models=models)

    def modules(self) -> dict[str, Any]:
        openai = self.sdk(
            ("chat.completions", "/chat/completions"),
            ("responses", "/responses"),
            ("embeddings", "/embeddings"),
        )
        genai = types.SimpleNamespace(Client=self.genai)
        return {
            "requests": types.SimpleNamespace(post=self.post, get=self.get),
            "anthropic": types.SimpleNamespace(Anthropic=self.sdk(("messages", "/v1/messages"))),
            "openai": types.SimpleNamespace(OpenAI=openai),
            "google": types.SimpleNamespace(genai=genai),
            "google.genai": genai,
        }


def run_python(codes: Sequence[str], folder: Path, variable: str = "RUNAPI_KEY") -> list[list[Call]]:
    """Run each code in this interpreter, with recorders for what it imports."""
    (folder / "interview.mp3").write_bytes(b"")
    found = []
    for code in codes:
        recorder = _Recorder()
        opened: list[Any] = []

        def opening(name: str, mode: str, opened: list[Any] = opened) -> Any:
            opened.append(open(name, mode))  # noqa: PTH123, SIM115 - closed below, as the snippet leaves it open
            return opened[-1]

        with (
            mock.patch.dict(sys.modules, recorder.modules()),
            mock.patch.dict(os.environ, {variable: KEY}, clear=True),
            mock.patch.object(time, "sleep"),
            redirect_stdout(io.StringIO()),
            chdir(folder),
        ):
            exec(compile(code, "snippet.py", "exec"), {"__name__": "__main__", "open": opening})
        for file in opened:
            file.close()
        found.append(recorder.calls)
    return found


RUNNERS = {"curl": run_curl, "python": run_python, "javascript": run_javascript, "typescript": run_typescript}
NEEDS = {"curl": ("bash",), "python": (), "javascript": ("node",), "typescript": ()}
