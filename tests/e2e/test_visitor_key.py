"""A visitor's key stands in what is copied and nowhere else, whatever characters it holds."""

import os
import re
import shlex
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

import hostile
import needs
from catalog.snippets.literals import go_text, javascript_literal, php_literal, python_literal, ruby_literal
from runtimes.go import LASTING as GO_CACHE
from small import TOKENS_PATH

pytestmark = pytest.mark.engine("sqlite")  # no database is asked: once is enough

CANARY = "ca'na\"ry-$HOME-`id`-$(id)-\\-\\n-${x}-%s-</script><!--&amp;-é\u2028\U0001f600"
KEYS = hostile.entries("api_keys")
FIELD = ".snippet-key input"
COPIED = "Code copied with your key"
TASK = "/models/prism-2/flex-text-to-image"
MODELS = [TOKENS_PATH, TASK, "/models/oriel/5.4", "/models/castor/3.5-flash"]
LISTEN = "navigator.clipboard.writeText = async (text) => { window.copied = text; };"
STORED = """JSON.stringify([
  {...localStorage}, {...sessionStorage}, document.cookie, location.href, history.state, window.name])"""
POSITION = """(language) =>
  [...document.querySelectorAll(".snippet-tab")].findIndex((tab) => tab.dataset.language === language)"""
TYPE_IN_FORMS = """() => {
  for (const form of document.forms) form.dispatchEvent(new Event("input"));
}"""
BETWEEN = ' + "\\x00" + '
"""In Go, between two texts."""
FORGET = "() => { window.copied = null; document.getElementById('announcements').textContent = ''; }"
ANNOUNCED = """async () => {
  const said = document.getElementById("announcements");
  while (window.copied === null || !said.textContent) await new Promise((next) => setTimeout(next, 10));
  return [window.copied, said.textContent];
}"""


def copied(page, language):
    """Choose a language, copy its code, and give what was copied and what was announced."""
    page.evaluate(FORGET)
    page.locator(f"[aria-controls=snippet-0-{page.evaluate(POSITION, language)}]").click()
    page.locator(f".snippet-tab[data-language={language}] .copy-button").click()
    return page.evaluate(ANNOUNCED)


def opened(page, path, key=""):
    page.add_init_script(LISTEN)
    assert page.goto(path).status == 200
    page.locator(FIELD).fill(key)


def as_typed(key):
    """Give a key as it is copied: a field of one line makes a space of a line break; none is around it."""
    return key.replace("\n", " ").strip()


def output(command, text):
    found = subprocess.run(
        command,
        input=text.encode(),
        capture_output=True,
        check=True,
        env={**os.environ, "RUNAPI_KEY": "wrong"},
    )
    return found.stdout.decode()


def key_line(code):
    """Give the first line that reads the key."""
    return next(line for line in code.split("\n") if re.search("authorization|api_?key", line, re.IGNORECASE))


def read_by_bash(code):
    """Let bash read the copied command, with a curl that prints its headers."""
    return output(
        ["bash", "-s"], f"printf %s {key_line(code).strip().removeprefix('--header').rstrip(chr(92))}\n"
    )


def read_by_python(code):
    """Let Python read the copied expression."""
    line = key_line(code).strip()
    value = line.removeprefix("api_key=").removesuffix(",")
    if line.startswith("headers"):
        value = line.removeprefix('headers = {"Authorization": "Bearer " + ').removesuffix("}")
    return output([sys.executable, "-X", "utf8", "-"], f"import sys\nsys.stdout.write({value})\n")


def read_by_node(code):
    """Let Node read the copied expression."""
    value = key_line(code).strip().removesuffix(",").partition(": ")[2]
    return output(
        [needs.program("node", "nodejs"), "--input-type=module"], f"process.stdout.write({value})\n"
    )


def read_by_go(code):
    """Let Go check the copied program, and read the copied expression."""
    return read_all_by_go([code])[0]


def read_all_by_go(codes):
    """Let Go check copied programs and read their expressions, all at once: each start takes a second."""
    values = [
        key_line(code).strip().removeprefix('request.Header.Set("Authorization", ').removesuffix(")")
        for code in codes
    ]
    texts = BETWEEN.join(values)
    said = f'package main\n\nimport "os"\n\nfunc main() {{ os.Stdout.WriteString({texts}) }}\n'
    needs.program("go", "golang-go")
    with tempfile.TemporaryDirectory() as made:
        run = {"cwd": made, "timeout": 300, "env": {**os.environ, "GOCACHE": str(GO_CACHE)}}
        Path(made, "go.mod").write_text("module copied\n\ngo 1.19\n")
        for number, code in enumerate(codes):
            Path(made, f"program{number}").mkdir()
            Path(made, f"program{number}/main.go").write_text(code)
        subprocess.run(["go", "vet", "./..."], check=True, **run)
        Path(made, "said.go").write_text(said)
        output = subprocess.run(["go", "run", "said.go"], check=True, capture_output=True, **run).stdout
        return output.decode().split("\0")


def read_by_ruby(code):
    """Let Ruby read the copied expression."""
    value = key_line(code).partition(" = ")[2]
    return output([needs.program("ruby", "ruby"), "-"], f"$stdout.write({value})\n")


def read_by_php(code):
    """Let PHP read the copied expression."""
    value = key_line(code).removesuffix(";").partition(" = ")[2]
    return output([needs.program("php", "php-cli")], f"<?php echo {value};")


READ = {
    "curl": read_by_bash,
    "python": read_by_python,
    "javascript": read_by_node,
    "typescript": read_by_node,
    "go": read_by_go,
    "ruby": read_by_ruby,
    "php": read_by_php,
}
BEFORE = {
    "curl": "Authorization: Bearer ",
    "go": "Bearer ",
    "ruby": "Bearer ",
    "php": "Authorization: Bearer ",
}
"""What stands before the key in the same text; the SDKs of other languages are given the key alone."""


@pytest.mark.parametrize("path", MODELS)
@pytest.mark.parametrize("language", READ)
def test_copied_code_holds_the_key_as_it_was_typed(page, path, language):
    opened(page, path)
    plain, said = copied(page, language)
    assert "RUNAPI_KEY" in plain
    assert said == "Code copied"
    page.locator(FIELD).fill(CANARY)
    code, said = copied(page, language)
    assert said == COPIED
    assert "RUNAPI_KEY" not in code
    assert READ[language](code).removeprefix("Authorization: ").removeprefix("Bearer ") == CANARY
    shown = page.locator(f".snippet-tab[data-language={language}] pre").text_content()
    assert shown == plain


PLAIN_KEYS = ["plain-key_1", "it's", 'say "so"', "</script>", "a\\b", "é\x7f\U0001f600", "#{x}#$x#@x# $x"]
QUOTED = {
    "curl": lambda key: f"--header {shlex.quote(f'Authorization: Bearer {key}')} ",
    "python": python_literal,
    "javascript": javascript_literal,
    "typescript": javascript_literal,
    "go": lambda key: f'"Bearer "+{go_text(key)})',
    "ruby": lambda key: f"{{{ruby_literal(key)}}}",
    "php": lambda key: f". {php_literal(key)};",
}
"""How the server quotes a key in each language."""


@pytest.mark.parametrize("language", READ)
def test_every_key_is_quoted_as_the_server_quotes_and_read_as_it_was_typed(page, language):
    opened(page, TOKENS_PATH)
    codes = {}
    for key in (CANARY, *PLAIN_KEYS, *KEYS):
        page.locator(FIELD).fill(key)
        codes[key] = copied(page, language)[0]
        assert QUOTED[language](as_typed(key)) in codes[key]
    texts = read_all_by_go(codes.values()) if language == "go" else map(READ[language], codes.values())
    read = dict(zip(codes, texts, strict=True))
    assert read == {key: BEFORE.get(language, "") + as_typed(key) for key in codes}


def test_the_field_is_masked_and_belongs_to_no_form(page):
    opened(page, TOKENS_PATH, "secret")
    field = page.locator(FIELD)
    told = field.evaluate("(it) => [it.type, it.autocomplete, it.name, it.form, it.getAttribute('value')]")
    assert told == ["password", "off", "", None, None]
    assert page.get_by_label("Your key").count() == 1


def test_without_javascript_there_is_no_field(browser, live_site):
    context = browser.new_context(base_url=live_site, java_script_enabled=False)
    try:
        plain = context.new_page()
        plain.goto(TOKENS_PATH)
        assert plain.locator(".snippet-key").is_hidden()
        assert plain.locator(FIELD).count() == 0
    finally:
        context.close()


def test_a_key_is_found_nowhere_after_twenty_pages(page, live_site, tmp_path_factory):
    canary = "canary-7f3a9c-$`'\"\\</script>"
    marker = "7f3a9c"
    asked = []

    def note(request):
        asked.append(f"{request.url} {request.all_headers()} {request.post_data or ''}")

    pages = [
        *MODELS,
        "/",
        "/models",
        "/models/linden",
        "/providers",
        "/pricing",
        "/status",
        "/changes",
        "/docs",
    ]
    pages += [
        "/docs/quickstart",
        "/docs/authentication",
        "/models?q=linden",
        "/providers/arbor",
        "/styleguide",
    ]
    pages += [f"{TOKENS_PATH}?call=openai-chat", "/models/linden/nothing", TOKENS_PATH]
    assert len(pages) == 20
    page.add_init_script(LISTEN)
    page.on("requestfinished", note)
    for path in pages:
        page.goto(path)
        if page.locator(FIELD).count():
            page.locator(FIELD).fill(canary)
            page.locator(FIELD).press("Enter")
            for language in READ:
                assert copied(page, language)[1] == COPIED
            page.evaluate(TYPE_IN_FORMS)
            page.wait_for_timeout(300)
        assert marker not in page.content()
        assert marker not in page.evaluate(STORED)
        assert marker not in page.evaluate("document.documentElement.innerText")
    page.go_back()
    assert (
        page.evaluate("[...document.querySelectorAll('input')].map((it) => it.value).join()").count(marker)
        == 0
    )
    assert page.context.cookies() == []
    assert marker not in str(page.context.storage_state())
    assert len(asked) > 40
    assert [line for line in asked if marker in line] == []
    logs = [log.read_text() for log in tmp_path_factory.getbasetemp().glob("*/output.txt")]
    assert any(logs)
    assert [log for log in logs if marker in log] == []
