"""Runs a module as `python -m` does, and ends it with the process that started it.

`python -m config.under_supervisor PARENT MODULE ARGUMENT…`, PARENT being that process's ID. A killed process
cannot end its children: they would live on, and a server's workers would keep its port.
"""

import os
import runpy
import signal
import sys
import threading
import time

POLL = 0.5
GRACE = 8.0
"""Seconds to end by itself before it is killed."""
SERVER_PID = "CATALOG_SERVER_PID"
"""The variable that tells workers the process ID of their server."""
ENDING = (signal.SIGTERM, signal.SIGINT)


def end_with(parent: int) -> None:
    """End this process, from a thread, once it is no longer a child of `parent`."""
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    while os.getppid() == parent:
        time.sleep(POLL)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


def _end_at_once() -> None:
    """Let signals end this process until it handles them itself."""
    for number in ENDING:
        signal.signal(number, signal.SIG_DFL)


if __name__ == "__main__":
    parent, module = int(sys.argv[1]), sys.argv[2]
    sys.argv[:] = sys.argv[2:]
    os.environ[SERVER_PID] = str(os.getpid())
    end_with(parent)
    # A forked worker inherits handlers of the server that only take a note: a signal during its start would
    # be lost, and the worker would live on.
    os.register_at_fork(after_in_child=_end_at_once)
    runpy.run_module(module, run_name="__main__", alter_sys=True)
