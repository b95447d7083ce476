"""Runs the site's processes: restarts what ends, ends all on a signal.

`python -m config.supervisor NAME COMMAND… + NAME COMMAND…`, the server first.
"""

import logging
import logging.config
import os
import signal
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass, field

# Nothing else of the site: no fault of it takes this process down.
from config import logs

SEPARATOR = "+"
ENDING = (signal.SIGTERM, signal.SIGINT)
POLL = 0.2
GRACE = 8.0  # seconds to end by itself; Docker kills the whole site after ten
SHORTEST_PAUSE, LONGEST_PAUSE = 1.0, 60.0
STEADY = 60.0  # seconds after which failures are counted anew
ATTEMPTS = 5  # failures of the server in a row: then the site ends, for a service manager to notice
NICENESS = 10
# A handler of logging never raises: a log that cannot be written ends nothing.
log = logging.getLogger("config.supervisor")


@dataclass
class Program:
    """A command that is kept running."""

    name: str
    command: Sequence[str]
    is_essential: bool
    process: subprocess.Popen[bytes] | None = None
    starts_at: float = 0.0
    started_at: float = 0.0
    failures: int = 0

    def keep_running(self) -> None:
        """Start the command if it is due."""
        if self.process is not None and (code := self.process.poll()) is not None:
            # Its children may live on.
            self.kill()
            self.process = None
            self._note_failure(f"ended by signal {-code}" if code < 0 else f"ended with exit code {code}")
        if self.process is None and time.monotonic() >= self.starts_at and not self.has_failed():
            self._start()

    def _note_failure(self, what: str) -> None:
        now = time.monotonic()
        self.failures = 1 if now - self.started_at > STEADY else self.failures + 1
        pause = min(SHORTEST_PAUSE * 2 ** (self.failures - 1), LONGEST_PAUSE)
        self.starts_at = now + pause
        then = "The site ends." if self.has_failed() else f"It restarts in {pause:g} s."
        log.error("%s %s, failure %d in a row. %s", self.name, what, self.failures, then)

    def _start(self) -> None:
        self.started_at = time.monotonic()
        try:
            # A group of its own: Ctrl-C is for the supervisor, and a worker told twice to end may hang.
            self.process = subprocess.Popen(self.command, stdin=subprocess.DEVNULL, process_group=0)  # noqa: S603
        except OSError as error:
            self._note_failure(f"cannot start: {error}")
            return
        if self.failures:
            log.warning("%s restarted.", self.name)
        if not self.is_essential:
            with suppress(OSError):  # it may have ended already
                os.setpriority(os.PRIO_PROCESS, self.process.pid, NICENESS)

    def has_failed(self) -> bool:
        """Whether the server does not stay up."""
        return self.is_essential and self.failures >= ATTEMPTS

    def send(self, number: int) -> None:
        """Send a signal, if it runs."""
        if self.process is not None and self.process.poll() is None:
            self.process.send_signal(number)

    def kill(self) -> None:
        """Kill the process and its children, which would keep the port."""
        if self.process is not None:
            with suppress(OSError):  # nothing of it is left
                os.killpg(self.process.pid, signal.SIGKILL)


@dataclass
class Supervisor:
    """A site's programs, the essential one first."""

    programs: list[Program]
    has_terminal: bool
    received: list[int] = field(default_factory=list)

    def run(self) -> int:
        """Run until told to end; return the exit code, 1 if the server does not stay up."""
        for number in (*ENDING, signal.SIGHUP):
            signal.signal(number, lambda received, _frame: self.received.append(received))
        # Blocked by `serve` until they are handled.
        signal.pthread_sigmask(signal.SIG_UNBLOCK, ENDING)
        essential = self.programs[0]
        try:
            while not self._is_told_to_end() and not essential.has_failed():
                for program in self.programs:
                    program.keep_running()
                time.sleep(POLL)
        finally:
            self._end()
        return 1 if essential.has_failed() else 0

    def _is_told_to_end(self) -> bool:
        # A hang-up ends the site with its terminal; without one it is a signal for the server.
        while signal.SIGHUP in self.received and not self.has_terminal:
            self.received.remove(signal.SIGHUP)
            self.programs[0].send(signal.SIGHUP)
        if self.received:
            log.warning("%s received: the site ends.", signal.Signals(self.received[0]).name)
        return bool(self.received)

    def _end(self) -> None:
        for program in self.programs:
            program.send(signal.SIGTERM)
        ends = time.monotonic() + GRACE
        for program in self.programs:
            if program.process is None:
                continue
            with suppress(subprocess.TimeoutExpired):
                program.process.wait(max(0.0, ends - time.monotonic()))
            program.kill()
            program.process.wait()


def _programs(words: Sequence[str]) -> list[Program]:
    commands: list[list[str]] = [[]]
    for word in words:
        if word == SEPARATOR:
            commands.append([])
        else:
            commands[-1].append(word)
    return [Program(name, command, is_essential=not at) for at, (name, *command) in enumerate(commands)]


def main(words: Sequence[str]) -> int:
    """Run the command line's programs; return the exit code."""
    logging.config.dictConfig(logs.configuration(os.environ.get("LOG_FORMAT", "").strip() or "text"))
    # Asked for now: a terminal that was closed is none any more.
    has_terminal = sys.stdin is not None and sys.stdin.isatty()
    return Supervisor(_programs(words), has_terminal).run()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
