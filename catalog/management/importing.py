"""Imports another catalog from the command line: shows the plan, carries it out, and says what was done."""

import json
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper
from django.utils import timezone

from catalog.exchange.evidence import EvidencePlan
from catalog.exchange.importing import ImportScope, carry_out, prepare
from catalog.exchange.plan import Plan
from catalog.exchange.plan_report import import_report
from catalog.exchange.reading import CatalogFileError
from catalog.exchange.registry import FORMATS
from catalog.exchange.sources import gather
from catalog.management.command_line import bar
from catalog.management.loading import plan_text

SHOWN = 20


def run(asked: ImportScope, path: Path, out: OutputWrapper, options: dict[str, Any]) -> None:
    """Read, plan, print and import; CommandError names the file, the place and the reason."""
    try:
        content = gather(path, tree=FORMATS[asked.format].reads_tree)
        found = prepare(asked, content, path.name, timezone.now())
        out.write(json.dumps(import_report(found)) if options["json"] else _text(found))
        if options["dry_run"] or found.is_empty:
            return
        with bar("Importing") as progress:
            reason = f"Import of {path.name} as {asked.mode}, from {FORMATS[asked.format].label}"
            revision = carry_out(found, reason=reason, progress=progress)
    except CatalogFileError as error:
        message = f"{error}\nNothing was changed."
        raise CommandError(message) from error
    if not options["json"]:
        out.write(f"Imported as revision {revision}.")


def _text(found: Plan | EvidencePlan) -> str:
    lines = [plan_text(found)]
    if isinstance(found, EvidencePlan):
        lines.append(
            f"{len(found.names):,} models matched by ID or alias, {len(found.unmatched):,} rows did not:"
        )
        lines += _shortened([f"  ? {name}" for name in found.unmatched])
    lines.append(f"{len(found.refused):,} of {found.rows:,} rows refused and left out:")
    lines += _shortened([f"  - {one.subject}: {one.reason} [{one.place}]" for one in found.refused])
    if found.lost:
        lines.append("No place here for:")
        lines += _shortened([f"  . {what}: {count:,}" for what, count in found.lost.most_common()])
    return "\n".join(lines)


def _shortened(lines: list[str]) -> list[str]:
    more = len(lines) - SHOWN
    return lines if more <= 0 else [*lines[:SHOWN], f"  … and {more:,} more (--json prints all)"]
