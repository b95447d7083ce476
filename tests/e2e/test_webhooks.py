"""Webhooks of real processes: several workers at once, killed ones, and the worker beside the site."""

import json
import os
import signal
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest
import standardwebhooks

import live
from process_table import child, is_running, until
from receiver import receiving

# Messages are signed by processes whose clocks run.
pytestmark = [pytest.mark.clock(goes_on=True), pytest.mark.programs]
WORKER = Path(__file__).with_name("webhook_worker.py")
LEASE = 30
DELIVERIES = int(os.environ.get("DELIVERIES", "300"))


def start(settings, *arguments):
    return subprocess.Popen(
        [sys.executable, str(WORKER), *map(str, arguments)],
        env=live.environment(**settings),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def ask(settings, *arguments):
    process = start(settings, *arguments)
    out, err = process.communicate(timeout=120)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


def deliverer(settings, *options):
    command = [sys.executable, str(live.MANAGE), "deliver_webhooks", *options]
    return subprocess.Popen(command, env=live.environment(**settings), stderr=subprocess.PIPE, text=True)


@pytest.fixture
def settings_of(tmp_path, new_database):
    """The settings of a database of its own that holds the tests' catalog."""
    with new_database() as database:
        yield {"CATALOG_VAR": tmp_path, "WEBHOOKS_ALLOW_PRIVATE": "true", **database}


@pytest.mark.soak
def test_three_workers_send_many_changes_once_each(settings_of):
    with receiving() as receiver:
        secret = ask(settings_of, "register", receiver.url)["secret"]
        ask(settings_of, "record", DELIVERIES)
        workers = [deliverer(settings_of, "--once") for _ in range(3)]
        for worker in workers:
            _, said = worker.communicate(timeout=200)
            assert worker.returncode == 0, said
        assert ask(settings_of, "state")["states"] == {"delivered": DELIVERIES}
        assert Counter(receiver.ids()).most_common(1)[0][1] == 1
        assert len(receiver.arrived) == DELIVERIES
        for each in receiver.arrived:
            standardwebhooks.Webhook(secret).verify(each.body, each.headers)


def test_of_three_workers_that_start_at_once_one_announces_the_dates_that_have_come(settings_of):
    with receiving() as receiver:
        ask(settings_of, "register", receiver.url)
        ask(settings_of, "arrive", 20)
        workers = [deliverer(settings_of, "--once") for _ in range(3)]
        for worker in workers:
            _, said = worker.communicate(timeout=200)
            assert worker.returncode == 0, said
        summaries = [each.json["data"]["summary"] for each in receiver.arrived]
        assert len(summaries) == len(set(summaries)) == 20
        assert all(" is retired since " in summary for summary in summaries)


def test_what_a_killed_worker_was_sending_is_picked_up_by_another(settings_of):
    with receiving(seconds=60) as receiver:
        ask(settings_of, "register", receiver.url)
        ask(settings_of, "record", 3)
        worker = deliverer(settings_of)
        assert until(lambda: len(receiver.arrived) == 3, 30)
        worker.kill()
        worker.communicate()
        assert ask(settings_of, "state") == {"states": {"waiting": 3}, "attempts": 0, "lost": 0}
        receiver.seconds = 0
        second = deliverer(settings_of)
        try:
            time.sleep(3)
            assert len(receiver.arrived) == 3, "nothing is sent twice while the lease holds"
            ask(settings_of, "age", LEASE)
            assert until(lambda: len(receiver.arrived) == 6, 15)
            # What was answered is written down a moment later.
            assert until(lambda: ask(settings_of, "state")["states"] == {"delivered": 3})
        finally:
            second.send_signal(signal.SIGTERM)
            second.communicate(timeout=20)
        assert second.returncode == 0
        assert sorted(Counter(receiver.ids()).values()) == [2, 2, 2], "the same IDs come once more"


def test_a_publish_that_dies_before_its_end_is_told_to_nobody(settings_of):
    with receiving() as receiver:
        ask(settings_of, "register", receiver.url)
        publisher = start(settings_of, "record_and_hang", 5)
        assert publisher.stdout.readline() == "laid out 5\n"
        publisher.kill()
        publisher.communicate()
        ask(settings_of, "record", 1)
        worker = deliverer(settings_of, "--once")
        assert worker.wait(60) == 0
        worker.communicate()
        assert ask(settings_of, "state") == {"states": {"delivered": 1}, "attempts": 1, "lost": 0}
        assert [each.json["data"]["summary"] for each in receiver.arrived] == ["Price 0"]


def test_the_site_delivers_stays_up_when_its_worker_dies_and_starts_another(settings_of, tmp_path):
    with receiving() as receiver:
        ask(settings_of, "register", receiver.url)
        process, url = live.spawn(tmp_path, MCP="off", **settings_of)
        try:
            live.wait(process, url, tmp_path)
            ask(settings_of, "record", 2)
            assert until(lambda: len(receiver.arrived) == 2)
            assert until(lambda: child(process.pid, "deliver_webhooks"))
            first = child(process.pid, "deliver_webhooks")
            os.kill(first, signal.SIGKILL)
            assert live.status(f"{url}/readyz") == 200
            ask(settings_of, "record", 1)
            assert until(lambda: len(receiver.arrived) == 3), "another worker goes on"
            second = child(process.pid, "deliver_webhooks")
            assert second not in (None, first)
            assert live.stop(process) == 0
            assert not is_running(second), "it ends with the site"
        finally:
            if process.poll() is None:
                process.kill()
                process.wait()
    assert "Traceback" not in (tmp_path / "output.txt").read_text()
