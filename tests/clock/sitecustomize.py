"""Moves the clock of a Python process that a test starts; Python imports this by itself, from PYTHONPATH.

CLOCK_SHIFT is the number of seconds to add, the same for all processes of a run. Their clocks go on.
"""

import os
from datetime import timedelta

import time_machine
from sqlite_clock import follow_python

if shift := os.environ.get("CLOCK_SHIFT"):
    time_machine.travel(timedelta(seconds=float(shift)), tick=True).start()
    follow_python()
