"""The program that people install skills with installs every skill of the real site, byte for byte."""

import hashlib
import json
import os
import subprocess
import sys
import threading
import urllib.request
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

import needs
import skill_files
from runtimes import node
from small import FAMILIES

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # what a page says is the same on both

INDEX = "/.well-known/agent-skills/index.json"
FOLDER = ".claude/skills"
VALIDATOR = Path(sys.executable).with_name("agentskills")


@pytest.fixture(scope="module")
def installer():
    """Runs `npx skills add` in a folder, as its lock file names it, and tells nobody."""
    program = node.PACKAGES / "skills/bin/cli.mjs"
    if not program.is_file():
        needs.cannot_run("the installer of skills is not there", "make test, where npm reaches a registry")

    def add(folder, *arguments):
        told = {"DISABLE_TELEMETRY": "1", "DO_NOT_TRACK": "1", "HOME": str(folder / "home"), "CI": "1"}
        (folder / "home").mkdir(exist_ok=True)
        return subprocess.run(
            [node.node(), str(program), "add", *arguments],
            cwd=folder,
            env={**os.environ, **told},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=180,
            check=False,
        )

    return add


def fetched(url):
    with urllib.request.urlopen(url, timeout=30) as answer:
        return answer.read()


def tree_of(home):
    return {str(path.relative_to(home)): path.read_bytes() for path in home.rglob("*") if path.is_file()}


def test_every_skill_is_installed_as_it_is_served_and_passes_the_validator(live_site, installer, tmp_path):
    done = installer(tmp_path, live_site, "--skill", "*", "-a", "claude-code", "--copy", "-y")
    assert done.returncode == 0, done.stdout + done.stderr
    entries = json.loads(fetched(f"{live_site}{INDEX}"))["skills"]
    installed = tmp_path / FOLDER
    assert {path.name for path in installed.iterdir()} == {entry["name"] for entry in entries}
    assert len(entries) == FAMILIES + 1
    for entry in entries:
        packed = fetched(f"{live_site}{entry['url']}")
        assert f"sha256:{hashlib.sha256(packed).hexdigest()}" == entry["digest"]
        assert tree_of(installed / entry["name"]) == skill_files.untarred(packed), entry["name"]
        told = subprocess.run(
            [str(VALIDATOR), "validate", str(installed / entry["name"])],
            capture_output=True,
            text=True,
            check=False,
            timeout=60,
        )
        assert told.returncode == 0, told.stdout + told.stderr


def test_the_commands_of_a_page_install_its_skill_alone(live_site, installer, tmp_path):
    for number, source in enumerate(([live_site, "--skill", "linden"], [f"{live_site}/skills/linden"])):
        folder = tmp_path / str(number)
        folder.mkdir()
        done = installer(folder, *source, "-a", "claude-code", "--copy", "-y")
        assert done.returncode == 0, done.stdout + done.stderr
        assert [path.name for path in (folder / FOLDER).iterdir()] == ["linden"]
        files = skill_files.unzipped(fetched(f"{live_site}/skills/linden.zip"))
        assert tree_of(folder / FOLDER / "linden") == files


def test_without_an_installer_an_archive_is_unpacked(live_site, tmp_path):
    page = fetched(f"{live_site}/skills/reel-3.1.md").decode()
    commands = page.partition("Or without an installer:")[2].partition("```bash\n")[2].partition("\n```")[0]
    assert commands.startswith("mkdir -p .claude/skills/")
    subprocess.run(["bash", "-euo", "pipefail", "-c", commands], cwd=tmp_path, check=True, timeout=60)
    (home,) = (tmp_path / FOLDER).iterdir()
    assert skill_files.faults(home) == []
    assert tree_of(home) == skill_files.untarred(fetched(f"{live_site}/skills/reel-3.1.tar.gz"))


def test_an_archive_that_is_not_what_the_index_says_is_not_installed(live_site, installer, tmp_path):
    """The installer does look at digests: else it would prove little here."""
    index = json.loads(fetched(f"{live_site}{INDEX}"))
    entry = index["skills"][0]
    index["skills"] = [entry]
    packed = fetched(f"{live_site}{entry['url']}")
    for number, (archive, is_installed) in enumerate(((packed, True), (packed + b"\0", False))):
        folder = tmp_path / str(number)
        folder.mkdir()
        answers = {INDEX: json.dumps(index).encode(), entry["url"]: archive}
        with serving(answers) as url:
            installer(folder, url, "--skill", "*", "-a", "claude-code", "--copy", "-y")
        assert (folder / FOLDER / entry["name"]).exists() is is_installed


@contextmanager
def serving(answers):
    """The address of a site that has these answers and no others."""

    class Site(BaseHTTPRequestHandler):
        def do_GET(self):
            self.send_response(200 if self.path in answers else 404)
            self.end_headers()
            self.wfile.write(answers.get(self.path, b""))

        def log_message(self, *_):
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
