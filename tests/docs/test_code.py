"""Every block of code in the documentation is what it says it is."""

import json
import re
import subprocess
import tomllib

import pytest

import docs_source
import needs
from catalog.exchange import catalog_file
from docs.markup import LABELS

PROVIDER = '[provider]\nslug = "example-labs"\nname = "Example Labs"\n\n'


def named(found):
    return pytest.mark.parametrize("code", found, ids=str)


def test_blocks_are_of_the_languages_that_are_coloured_and_checked():
    found = {code.language for code in docs_source.codes()}
    assert found <= {*LABELS, "text"}
    assert {"bash", "javascript", "json", "python", "toml"} <= found


def test_no_block_is_without_a_language():
    for slug, text in docs_source.pages().items():
        fences = re.findall(r"^```.*$", text, re.MULTILINE)
        assert all(fence != "```" for fence in fences[::2]), slug


@named(docs_source.codes("json"))
def test_json_is_json(code):
    json.loads(code.text)


@named(docs_source.codes("toml"))
def test_toml_is_a_catalog_file(code):
    """A block without a provider shows a part: it is read below a provider's table."""
    whole = {"provider", "promise"} & tomllib.loads(code.text).keys()
    text = code.text if whole else PROVIDER + code.text
    document = catalog_file.parse(text.encode(), "example.toml")
    assert document.models or document.promises


@named(docs_source.codes("python"))
def test_python_compiles(code):
    compile(code.text, str(code), "exec")


@pytest.mark.programs
@named(docs_source.codes("javascript"))
def test_javascript_is_a_module_that_node_reads(code, tmp_path):
    path = tmp_path / "block.mjs"
    path.write_text(code.text)
    node = needs.program("node", "nodejs")
    result = subprocess.run([node, "--check", str(path)], check=False, capture_output=True, text=True)
    assert result.returncode == 0, result.stderr


@pytest.mark.programs
@named(docs_source.codes("bash"))
def test_bash_reads_the_shell_code(code):
    result = subprocess.run(["bash", "-n"], check=False, input=code.text, capture_output=True, text=True)
    assert (result.returncode, result.stderr) == (0, "")
