"""Node runs what it is given as a visitor's would: what fails is told, and what is printed is read."""

import json

import pytest

import hostile
import needs
from runtimes import node
from runtimes.registry import RUNTIMES
from runtimes.running import key_of_code

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # no database is asked: once is enough

LONGEST_PRINTED = 10_000
"""The longest text that `console.log` prints to its end inside an object."""
ENDS = {
    "console.log(1);": 0,
    "throw new Error('thrown');": 1,
    "Promise.reject(new Error('late'));": 1,
    "process.exitCode = 3;": 3,
    "no();": 1,
    "import 'no-such-package';": 1,
    "const broken = ;": 1,
}


@pytest.fixture(params=["javascript", "typescript"])
def run(request):
    return RUNTIMES[request.param].run


def test_each_code_ends_as_it_would_alone(tmp_path):
    runs = RUNTIMES["javascript"].run(list(ENDS), tmp_path)
    assert {code: each.status for code, each in zip(ENDS, runs, strict=True)} == ENDS
    assert [bool(each.err) for each in runs] == [False, True, True, False, True, True, True]


@pytest.mark.parametrize(("code", "status"), [("await new Promise(() => {});", 13), ("process.exit(4);", 4)])
def test_what_ends_the_whole_process_leaves_the_rest_unrun(code, status, run, tmp_path):
    runs = run(["console.log(1);", code, "console.log(2);"], tmp_path)
    assert [(each.status, each.out) for each in runs][:2] == [(0, "1\n"), (status, "")]
    assert runs[2].status != 0
    assert runs[2].err == "never begun"


def test_each_code_has_a_key_of_its_own_and_waits_no_whole_second(run, tmp_path):
    code = "await new Promise((go) => setTimeout(go, 8000));\nconsole.log(process.env.RUNAPI_KEY);"
    runs = run([code] * 20, tmp_path)
    assert [each.out for each in runs] == [f"{key_of_code(number)}\n" for number in range(20)]


def test_what_the_compiler_finds_is_told_of_the_code_that_holds_it(tmp_path):
    codes = ["console.log(1);", "const count: number = 'one';\nconsole.log(count);"]
    fine, wrong = RUNTIMES["typescript"].run(codes, tmp_path)
    assert (fine.status, fine.err) == (0, "")
    assert (wrong.status, wrong.out) == (2, "one\n")
    assert "TS2322" in wrong.err


def test_what_console_log_prints_is_read(tmp_path):
    texts = [text for text in hostile.entries("prompts") if len(text) < LONGEST_PRINTED]
    values = [{"text": text, "list": [text, 1.5, None, True, {"it's": text}]} for text in texts]
    codes = [f"console.log({json.dumps(value)});" for value in values]
    runs = RUNTIMES["javascript"].run(codes, tmp_path)
    assert len(runs) > 20
    assert [node.literal(each.out) for each in runs] == values


def test_what_console_log_leaves_out_is_no_answer(tmp_path):
    codes = ["console.log({ a: { b: { c: { d: 1 } } } });", "console.log(Array(200).fill(1));"]
    codes.append("console.log(['x'.repeat(20000)]);")
    for each in RUNTIMES["javascript"].run(codes, tmp_path):
        with pytest.raises((LookupError, SyntaxError, ValueError)):
            node.literal(each.out)


@pytest.mark.parametrize(("is_ci", "outcome"), [(False, "Skipped"), (True, "Failed")])
def test_without_the_packages_it_is_said_how_to_get_them(is_ci, outcome, monkeypatch, tmp_path):
    monkeypatch.setattr(node, "PACKAGES", tmp_path)
    monkeypatch.setattr(needs, "IS_CI", is_ci)
    with pytest.raises(BaseException, match="make test installs them") as told:
        node.node()
    assert type(told.value).__name__ == outcome


def test_a_node_that_is_too_old_is_not_taken(monkeypatch, tmp_path):
    (tmp_path / "openai").mkdir()
    old = tmp_path / "node"
    old.write_text("#!/bin/sh\necho v20.19.0\n")
    old.chmod(0o755)
    monkeypatch.setattr(node, "PACKAGES", tmp_path)
    monkeypatch.setattr(node.shutil, "which", lambda name: str(old))
    monkeypatch.setattr(needs, "IS_CI", False)
    with pytest.raises(pytest.skip.Exception, match=r"no Node 22\.18"):
        node.node()
    old.write_text("#!/bin/sh\necho v22.18.0\n")
    node._version.cache_clear()
    assert node.node() == str(old)
