"""`manage.py serve`, which `make run` ends in: ready by itself, quick the second time, ended by a signal."""

import signal
import stat
import time

import pytest

import live
from config.management.commands import serve

pytestmark = pytest.mark.programs


def test_a_site_starts_from_nothing_and_again_at_once(tmp_path):
    said, first = start_and_end(tmp_path, signal.SIGINT)
    assert "manage.py createsuperuser" in said
    assert "http://127.0.0.1:" in said
    assert "Collected" in said
    assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
    # Other tests share the machine: what can be quick once is quick.
    again = [start_and_end(tmp_path, ending) for ending in (signal.SIGINT, signal.SIGTERM)]
    assert min(took for _, took in again) < first
    assert not [said for said, _ in again if "Collected" in said or "Loaded" in said]


def start_and_end(folder, ending):
    """What a start says and how long it takes until the site is ready; it ends without complaint."""
    began = time.monotonic()
    process, url = live.spawn(folder, is_collected=False)
    try:
        live.wait(process, url, folder)
        took = time.monotonic() - began
        assert live.stop(process, ending) == 0
    finally:
        if process.poll() is None:
            process.kill()
            process.wait()
    said = (folder / "output.txt").read_text()
    assert "Traceback" not in said
    return said, took


def test_a_taken_port_ends_the_start(live_site, tmp_path):
    process, _ = live.spawn(tmp_path, PORT=live_site.rpartition(":")[2])
    try:
        assert process.wait(timeout=20) != 0
    finally:
        process.kill()
        process.wait()
    assert "in use" in (tmp_path / "output.txt").read_text().lower()


def test_static_files_are_collected_again_when_one_changes(tmp_path):
    (tmp_path / "site.css").write_text("a { }")
    first = serve.fingerprint([tmp_path])
    assert serve.fingerprint([tmp_path]) == first
    (tmp_path / "site.css").write_text("b { }")
    assert serve.fingerprint([tmp_path]) != first
