"""A process that dies in the middle of an import leaves nothing of it, whichever database it writes to."""

import json
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

import live

pytestmark = pytest.mark.soak
WORKER = Path(__file__).with_name("import_worker.py")
KILLS = int(os.environ.get("IMPORT_KILLS", "2"))
MODELS = 1_200


def start(settings, *words):
    return subprocess.Popen(
        [sys.executable, str(WORKER), *map(str, words)],
        env=live.environment(**settings),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def finish(process):
    out, err = process.communicate(timeout=300)
    assert process.returncode == 0, err
    return json.loads(out.splitlines()[-1])


LATEST = {"models": 1.2, "evidence": 0.15}
"""Seconds after its beginning at which an import is killed at the latest."""


@pytest.mark.parametrize("mode", ["models", "evidence"])
def test_a_process_killed_while_it_imports_leaves_nothing_or_all(own_catalog, tmp_path, mode):
    dice = random.Random(20261124)
    finish(start(own_catalog, "models", a_map(tmp_path, 0)))
    before = finish(start(own_catalog))
    died = 0
    for number in range(1, KILLS + 1):
        path = a_map(tmp_path, number if mode == "models" else 0, price=number)
        process = start(own_catalog, mode, path)
        assert process.stdout.readline() == "begun\n"
        time.sleep(dice.uniform(0, LATEST[mode]) if died else 0)  # the first: at once
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=60)
        left = finish(start(own_catalog))
        if left == before:
            died += 1
        else:
            # It was faster than the kill: then all of it stands.
            whole(left, before, mode)
            before = left
    assert died, "no process died while it was at work: kill sooner"
    finish(start(own_catalog, mode, a_map(tmp_path, KILLS + 1 if mode == "models" else 0, price=99)))
    whole(finish(start(own_catalog)), before, mode)


def whole(left, before, mode):
    """Hold what an import left against all that it had to write."""
    assert left["without_record"] == 0
    assert left["Revision"] == before["Revision"] + 1
    if mode == "models":
        assert left["Variant"] == left["Document"] == before["Variant"] + MODELS
        assert left["Price"] == before["Price"] + 2 * MODELS
        assert left["Source"] == before["Source"] + MODELS
    else:
        assert left["SourceClaim"] == 3 * MODELS
        assert left["ChangeEvent"] == before["ChangeEvent"], "evidence is no public change"


def a_map(folder, number, price=1):
    """Write a map of many models of one provider in LiteLLM's format."""
    row = {
        "litellm_provider": f"made-{number}",
        "input_cost_per_token": price * 1e-06,
        "output_cost_per_token": 2e-06,
    }
    path = folder / f"map-{number}-{price}.json"
    path.write_text(json.dumps({f"m-{at}": row | {"max_input_tokens": at + 1} for at in range(MODELS)}))
    return path


@pytest.fixture
def own_catalog(tmp_path_factory, own_database):
    """The settings of a database of its own that holds the tests' catalog."""
    return {"CATALOG_VAR": tmp_path_factory.mktemp("imports"), **own_database}
