"""Shows a plan, loads it, and says what was done: shared by the commands that load catalog files."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from catalog.exchange import catalog_file
from catalog.exchange.evidence import EvidencePlan
from catalog.exchange.load import apply
from catalog.exchange.plan import Plan, plan
from catalog.exchange.plan_report import plan_report
from catalog.exchange.reading import CatalogFileError
from catalog.management.command_line import bar

SHOWN = 40


def add_options(parser: ArgumentParser) -> None:
    """Offer what every loading command offers."""
    parser.add_argument("--dry-run", action="store_true", help="print the plan and stop")
    parser.add_argument("--force", action="store_true", help="overwrite what was set in the admin")
    parser.add_argument("--json", action="store_true", help="print the plan as JSON, every line of it")


def load(paths: Sequence[Path], out: OutputWrapper, options: dict[str, Any], reason: str) -> None:
    """Read, plan, print and load; CommandError names the file, the line and the reason."""
    try:
        found = plan(catalog_file.read(paths), force=options["force"])
        out.write(json.dumps(plan_report(found)) if options["json"] else plan_text(found))
        if options["dry_run"] or found.is_empty:
            return
        with bar("Loading") as progress:
            revision = apply(found, reason=reason, progress=progress)
    except CatalogFileError as error:
        message = f"{error}\nNothing was changed."
        raise CommandError(message) from error
    if not options["json"]:
        out.write(f"Loaded as revision {revision}.")


def plan_text(found: Plan | EvidencePlan) -> str:
    """Return a plan for people: its counts, and the first of its lines."""
    counts = {
        "new": found.count("new"),
        "changed": found.count("change"),
        "read again": len(found.checked),
        "unchanged": found.unchanged,
        "left alone": found.count("conflict"),
    }
    shown = [line for line in found.lines if line.verb != "new"] or found.lines
    marks = {"new": "+", "change": "~", "conflict": "!"}
    rows = [f"  {marks[line.verb]} {line.subject}: {line.said} [{line.place}]" for line in shown[:SHOWN]]
    if len(found.lines) > len(rows):
        rows.append(f"  … and {len(found.lines) - len(rows)} more (--json prints all)")
    rows += _warnings(found)
    said = ", ".join(f"{count:,} {word}" for word, count in counts.items())
    return "\n".join([f"Plan: {said}", *rows, *([] if not found.is_empty else ["Nothing to do."])])


def _warnings(found: Plan | EvidencePlan) -> list[str]:
    if not found.warnings:
        return []
    rows = [f"  ? {line.subject}: {line.said} [{line.place}]" for line in found.warnings[:SHOWN]]
    if len(found.warnings) > SHOWN:
        rows.append(f"  … and {len(found.warnings) - SHOWN} more (--json prints all)")
    return [f"Check these prices, {len(found.warnings):,} in all:", *rows]
