"""Many editors at once, and a process that dies in the middle: nothing is lost, overlaps, or half done."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path

import pytest

import live

pytestmark = pytest.mark.soak
WORKER = Path(__file__).with_name("price_worker.py")
WORKERS, EDITS = 4, int(os.environ.get("PRICE_EDITS", "25"))
"""Each edit makes the history that the next one writes longer: a thousand take two minutes."""
KILLS = int(os.environ.get("PRICE_KILLS", "3"))
ROWS = 1_000


def start(settings, *arguments):
    return subprocess.Popen(
        [sys.executable, str(WORKER), *map(str, arguments)],
        env=live.environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    try:
        out, err = process.communicate(timeout=300)
    finally:
        process.kill()  # what takes too long may not go on to write while another test reads
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


def test_interleaved_edits_lose_nothing(own_catalog):
    before = finish(start(own_catalog, "state"))
    processes = [start(own_catalog, "race", EDITS) for _ in range(WORKERS)]
    answers = [finish(process) for process in processes]
    after = finish(start(own_catalog, "state"))
    assert sum(answer["done"] for answer in answers) == WORKERS * EDITS
    assert Decimal(after["amount"]) - Decimal(before["amount"]) == Decimal("0.000001") * WORKERS * EDITS
    assert after["rows"] - before["rows"] == WORKERS * EDITS
    assert (after["gaps"], after["overlaps"], after["stale"]) == (0, 0, 0)


def test_a_process_killed_while_it_applies_a_thousand_rows_leaves_none_or_all(own_catalog):
    dice = random.Random(20261124)
    pk = finish(start(own_catalog, "prepare", ROWS))["pk"]
    of_others = finish(start(own_catalog, "state", pk))["of_set"]
    died = 0
    for _ in range(KILLS):
        process = start(own_catalog, "apply", pk)
        assert process.stdout.readline() == "begun\n"
        time.sleep(dice.uniform(0, 2.5) if died else 0)  # the first: at once
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        left = finish(start(own_catalog, "state", pk))
        assert left["overlaps"] == left["stale"] == 0
        if left["set"] == "approved":
            assert left["created"] == ROWS
            pk = finish(start(own_catalog, "prepare", ROWS))["pk"]
            of_others = finish(start(own_catalog, "state", pk))["of_set"]
        else:
            died += 1
            assert (left["set"], left["created"], left["of_set"]) == ("draft", 0, of_others)
    assert died, "no process died while it was at work: kill sooner"


@pytest.fixture(scope="module")
def own_catalog(tmp_path_factory, own_database):
    """The settings of a database of its own that holds the tests' catalog."""
    return {"CATALOG_VAR": tmp_path_factory.mktemp("races"), **own_database}
