"""Runs a module, and ends it with the process that started it.

`python -m config.under_supervisor PARENT MODULE ARGUMENT…`, PARENT being a process ID.
"""

import os
import runpy
import signal
import sys
import threading
import time

POLL = 0.5
GRACE = 8.0  # seconds to end by itself
SERVER_PID = "CATALOG_SERVER_PID"  # tells workers whose children they are
ENDING = (signal.SIGTERM, signal.SIGINT)


def end_with(parent: int) -> None:
    """End this process once it is no child of `parent`."""
    threading.Thread(target=_watch, args=(parent,), name="parent-watch", daemon=True).start()


def _watch(parent: int) -> None:
    # A killed process cannot end its children: a server's workers would keep its port.
    while os.getppid() == parent:
        time.sleep(POLL)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE)
    os.kill(os.getpid(), signal.SIGKILL)


def _end_at_once() -> None:
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
