"""A developer copies the Python of a page into an empty folder and runs it against `make gateway`."""

import os
import subprocess
import sys

import pytest

import dom
import needs
from live import REPOSITORY, environment, free_port
from snippet_records import SITE

pytestmark = [pytest.mark.engine("sqlite"), pytest.mark.programs]  # what a page shows is the same on both
SONNET = "/models/claude/sonnet-4-5-20250929"
PAGES = {
    SONNET: "We are sorry that your order is late. (said by claude-sonnet-4-5-20250929)",
    "/models/flux-2/pro-text-to-image": "Saved output-1.png",
    "/models/kling/v2.1-master-text-to-video": "Saved output-1.mp4",
}


@pytest.fixture(scope="module")
def gateway():
    """The gateway as `make gateway` starts it."""
    needs.program("make", "make")
    port = free_port()
    started = subprocess.Popen(
        ["make", "--silent", "gateway", f"GATEWAY_PORT={port}"],
        cwd=REPOSITORY,
        env=environment(),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
        start_new_session=True,
    )
    address = f"http://127.0.0.1:{port}"
    assert any(address in line for line in started.stdout), "the gateway did not start"
    try:
        yield address
    finally:
        os.killpg(started.pid, 15)
        started.communicate(timeout=20)


def python_of(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    (panel,) = dom.tree(answer.content.decode()).all("section", class_="snippet-tab", data_language="python")
    (code,) = panel.all("code", class_="code")
    return code.raw


@pytest.mark.django_db
@pytest.mark.parametrize("path", PAGES)
def test_what_is_copied_runs_with_another_base_url_and_key_alone(client, gateway, path, tmp_path):
    code = python_of(client, path)
    assert SITE.api_base_url in code
    (tmp_path / "main.py").write_text(code.replace(SITE.api_base_url, gateway))
    ran = subprocess.run(
        [sys.executable, "main.py"],
        cwd=tmp_path,
        env={"PATH": os.environ["PATH"], "RUNAPI_KEY": "my own key"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    assert ran.stdout.strip() == PAGES[path]
    files = [file.name for file in tmp_path.glob("output-*")]
    assert files == [PAGES[path].removeprefix("Saved ")] * (path != SONNET)
