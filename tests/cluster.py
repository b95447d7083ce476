"""A server of PostgreSQL of a test's own, which it may stop and freeze."""

import os
import signal
import subprocess
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg

import clock
import live
import needs

OPTIONS = "-c listen_addresses=127.0.0.1 -c unix_socket_directories='' -c fsync=off -c full_page_writes=off"


class Cluster:
    """A server in a folder, on a port of its own; its user is `catalog`."""

    def __init__(self, folder):
        found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[4]))
        if not found:
            needs.cannot_run("PostgreSQL's server is not installed", "apt-get install postgresql")
        self.programs, self.folder, self.port = found[-1].parent, folder, live.free_port()
        self.url = f"postgres://catalog@127.0.0.1:{self.port}/postgres"

    def run(self, program, *arguments):
        """Run one of its programs, as the user postgres where this one is root: it refuses root."""
        user = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
        command = [*user, self.programs / program, "--pgdata", self.folder / "data", *arguments]
        subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL)

    def start(self):
        log = ["--log", self.folder / "log"]
        self.run("pg_ctl", *log, "--wait", "--silent", "start", "--options", f"-p {self.port} {OPTIONS}")

    def stop(self, mode="fast"):
        self.run("pg_ctl", "--mode", mode, "--silent", "stop")

    def freeze(self):
        """Stop its processes where they are: the system goes on to take connections and bytes for them."""
        self._signal(signal.SIGSTOP)

    def thaw(self):
        self._signal(signal.SIGCONT)

    def _signal(self, number):
        # The first starts the others: it is told first, so that none is missed.
        first = int((self.folder / "data/postmaster.pid").read_text().split()[0])
        os.kill(first, number)
        for pid in Path(f"/proc/{first}/task/{first}/children").read_text().split():
            with suppress(ProcessLookupError):  # such as one that has cleaned up and ended meanwhile
                os.kill(int(pid), number)


@contextmanager
def running(folder):
    """A cluster that runs while the block does, with the clock of the tests."""
    cluster = Cluster(folder)
    if os.getuid() == 0:
        # The folders of a test's files are root's alone.
        subprocess.run(["chown", "postgres", folder], check=True)
    create = ["--encoding", "UTF8", "--locale", "C.UTF-8", "--auth", "trust", "--username", "catalog"]
    cluster.run("initdb", "--no-sync", *create)
    cluster.start()
    try:
        with psycopg.connect(cluster.url, autocommit=True) as link:
            clock.prepare_postgres(link)
        yield cluster
    finally:
        cluster.stop("immediate")
