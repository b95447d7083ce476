"""The conformance suite of the protocol, on the live site: what applies passes, the rest has a reason."""

import re
import subprocess

import pytest

import mcp_calls
import needs
from runtimes import node

pytestmark = pytest.mark.programs

PASSED = {
    "server-initialize": 1,
    "ping": 1,
    "tools-list": 1,
    "tools-call-error": 1,
    "dns-rebinding-protection": 2,
}
"""Scenario -> checks it makes."""
_FIXTURE = "calls a tool of the suite's own, which a server for its tests would have"
_NO_RESOURCES = "this server has no resources: the tools give addresses of the site instead"
_NO_PROMPTS = "this server has no prompts"
_NO_ASKING = "a stateless server cannot ask the client"
NOT_APPLICABLE = {
    "logging-set-level": "this server sends no logs to clients",
    "completion-complete": "completion is of prompts and resources, of which there are none",
    "tools-call-simple-text": _FIXTURE,
    "tools-call-image": _FIXTURE,
    "tools-call-audio": _FIXTURE,
    "tools-call-embedded-resource": _FIXTURE,
    "tools-call-mixed-content": _FIXTURE,
    "tools-call-with-logging": _FIXTURE,
    "tools-call-with-progress": _FIXTURE,
    "tools-call-sampling": _NO_ASKING,
    "tools-call-elicitation": _NO_ASKING,
    "json-schema-2020-12": _FIXTURE,
    "elicitation-sep1034-defaults": _NO_ASKING,
    "elicitation-sep1330-enums": _NO_ASKING,
    "server-sse-polling": "answers are JSON, not streams",
    "server-sse-multiple-streams": "answers are JSON, not streams",
    "resources-list": _NO_RESOURCES,
    "resources-read-text": _NO_RESOURCES,
    "resources-read-binary": _NO_RESOURCES,
    "resources-templates-read": _NO_RESOURCES,
    "resources-subscribe": _NO_RESOURCES,
    "resources-unsubscribe": _NO_RESOURCES,
    "prompts-list": _NO_PROMPTS,
    "prompts-get-simple": _NO_PROMPTS,
    "prompts-get-with-args": _NO_PROMPTS,
    "prompts-get-embedded-resource": _NO_PROMPTS,
    "prompts-get-with-image": _NO_PROMPTS,
}


@pytest.fixture(scope="module")
def suite():
    """Runs the suite's program."""
    program = node.PACKAGES / "@modelcontextprotocol/conformance/dist/index.js"
    if not program.is_file():
        needs.cannot_run("the conformance suite is not installed", "make test, where npm reaches a registry")

    def run(*arguments, folder=None):
        command = [node.node(), str(program), *arguments]
        done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False, cwd=folder)
        return re.sub(r"\x1b\[[0-9;]*m", "", done.stdout + done.stderr)

    return run


def test_each_scenario_of_the_suite_is_run_or_has_its_reason(suite):
    said = suite("list", "--server")
    listed = said.partition("Client scenarios")[0]
    assert set(re.findall(r"^ +- ([\w-]+)", listed, re.MULTILINE)) == {*PASSED, *NOT_APPLICABLE}


@pytest.mark.parametrize("scenario", PASSED)
def test_a_scenario_passes(live_site, suite, tmp_path, scenario):
    mcp_calls.ready(live_site)
    said = suite("server", "--url", f"{live_site}/mcp", "--scenario", scenario, folder=tmp_path)
    assert f"Passed: {PASSED[scenario]}/{PASSED[scenario]}, 0 failed" in said, said
