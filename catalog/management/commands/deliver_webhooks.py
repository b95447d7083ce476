"""`manage.py deliver_webhooks`: send webhooks until stopped."""

import os
import signal
from argparse import ArgumentParser
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandError

from catalog.management.quick_command import QuickCommand
from catalog.webhooks.worker import Worker


class Command(QuickCommand):
    """Run one worker; several may run at once."""

    help = "Send webhooks that are due, and go on until stopped; the site's own server runs one already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--once", action="store_true", help="Send what is due now, and end.")
        parser.add_argument(
            "--keep-days", type=int, default=30, metavar="N", help="Forget older deliveries (30)."
        )
        parser.add_argument(
            "--with-parent", action="store_true", help="End when the process that started it does."
        )

    def handle(self, *_args: Any, **options: Any) -> None:
        days: int = options["keep_days"]
        if not 1 <= days <= 3_650:
            raise CommandError("--keep-days is a number from 1 to 3650.")
        worker = Worker(timedelta(days=days))
        if options["once"]:
            worker.drain()
        else:
            self._run(worker, with_parent=options["with_parent"])
        words = ", ".join(f"{worker.count[word]} {word}" for word in ("delivered", "failed", "forgotten"))
        if options["once"] or options["verbosity"] > 1:
            self.stdout.write(f"Webhooks: {words}.")

    def _run(self, worker: Worker, *, with_parent: bool) -> None:
        stopped: list[int] = []
        # An orphan gets another parent, which is how the end of the first is seen.
        parent = os.getppid()
        for number in (signal.SIGTERM, signal.SIGINT):
            # Only noted: the worker ends between two steps, once what is under way is settled.
            signal.signal(number, lambda received, _frame: stopped.append(received))
        worker.run(lambda: bool(stopped) or (with_parent and os.getppid() != parent))
