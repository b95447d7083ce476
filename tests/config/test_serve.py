"""`manage.py serve`, which `make run` ends in: ready by itself, quick the second time, ended by a signal."""

import signal
import stat
import time

import pytest

import live
from config.management.commands import serve

pytestmark = pytest.mark.xdist_group("live_site")


@pytest.mark.parametrize("ending", [signal.SIGTERM, signal.SIGINT])
def test_a_site_starts_from_nothing_and_again_at_once(tmp_path, ending):
    process, url = live.spawn(tmp_path)
    try:
        live.wait(process, url, tmp_path)
        assert live.stop(process, ending) == 0
        said = (tmp_path / "output.txt").read_text()
        assert f"{url}/" in said
        assert "manage.py createsuperuser" in said
        assert "Traceback" not in said
        assert stat.S_IMODE((tmp_path / "secret_key").stat().st_mode) == 0o600
        began = time.monotonic()
        process, url = live.spawn(tmp_path)
        live.wait(process, url, tmp_path)
        assert time.monotonic() - began < 5
        assert "Collected" not in (tmp_path / "output.txt").read_text()
    finally:
        if process.poll() is None:
            assert live.stop(process, ending) == 0


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
