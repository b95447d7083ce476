"""Importing another catalog from the command line."""

import json
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.exchange.input_files import gather
from catalog.exchange.plan_lines import Plan
from catalog.exchange.plan_report import import_report
from catalog.exchange.registry import FORMATS
from catalog.management.command_line import bar
from catalog.management.loading import accept_losses, plan_text

SHOWN = 20


def run(scope: ImportScope, path: Path, out: OutputWrapper, options: dict[str, Any]) -> None:
    """Plan, print and import; CommandError names file, place and reason."""
    try:
        content = gather(path, tree=FORMATS[scope.format].reads_tree)
        at = as_of(path, options["as_of"])
        prepared = prepare(scope, content, path.name, at)
        if not options["json"]:
            out.write(_read_as_of(at, options["as_of"]))
        out.write(json.dumps(import_report(prepared)) if options["json"] else _text(prepared))
        if options["dry_run"] or prepared.is_empty:
            return
        accept_losses(prepared, options)
        with bar("Importing") as progress:
            reason = f"Import of {path.name} as {scope.mode}, from {FORMATS[scope.format].label}"
            revision = carry_out(prepared, reason=reason, progress=progress)
    except CatalogFileError as error:
        message = f"{error}\nNothing was changed."
        raise CommandError(message) from error
    # With --json the output is one JSON document.
    if not options["json"]:
        out.write(f"Imported as revision {revision}.")


def as_of(path: Path, day: date | None) -> datetime:
    """Return the instant that a copy is of: a stated day's start, else when its newest file was written.

    Never later than now.
    """
    now = timezone.now()
    if day is not None:
        start = datetime.combine(day, time(), tzinfo=UTC)
        if start > now:
            raise CommandError(f"--as-of {day}: a copy cannot be of a day to come")
        return start
    files = [file for file in path.rglob("*.toml") if file.is_file()] if path.is_dir() else [path]
    written = max((file.stat().st_mtime for file in files), default=now.timestamp())
    # To the second: two copies of one day are two.
    return min(now, datetime.fromtimestamp(int(written), tz=UTC))


def _read_as_of(at: datetime, stated: date | None) -> str:
    day = f"As of {at:%Y-%m-%d}"
    return f"{day}." if stated else f"{day}, the day of the file: --as-of says another."


def _text(report: Plan | EvidencePlan) -> str:
    lines = [plan_text(report)]
    if isinstance(report, EvidencePlan):
        lines.append(
            f"{len(report.names):,} models matched by ID or alias, {len(report.unmatched):,} rows did not:"
        )
        lines += _shortened([f"  ? {name}" for name in report.unmatched])
    refused = f"{len(report.refused):,} of {report.rows:,} rows refused and left out"
    lines.append(f"{refused}:" if report.refused else f"{refused}.")
    lines += _shortened([f"  - {one.subject}: {one.reason} [{one.place}]" for one in report.refused])
    if report.lost:
        lines.append("No place here for:")
        lines += _shortened([f"  . {what}: {count:,}" for what, count in report.lost.most_common()])
    return "\n".join(lines)


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"  … and {more:,} more (--json prints all)"]
