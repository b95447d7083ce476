"""Loading catalog files from the command line."""

import json
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from catalog.exchange import catalog_file
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.load import apply
from catalog.exchange.plan import Plan, plan
from catalog.exchange.plan_report import plan_report
from catalog.management.command_line import bar

SHOWN = 40


def add_options(parser: ArgumentParser) -> None:
    """Add the options of every loading command."""
    parser.add_argument("--dry-run", action="store_true", help="print the plan and stop")
    parser.add_argument("--force", action="store_true", help="overwrite what was set in the admin")
    parser.add_argument("--json", action="store_true", help="print the plan as JSON, every line of it")


def load(paths: Sequence[Path], out: OutputWrapper, options: dict[str, Any], reason: str) -> None:
    """Plan, print and load; CommandError names file, line and reason."""
    try:
        load_plan = plan(catalog_file.read(paths), force=options["force"])
        out.write(json.dumps(plan_report(load_plan)) if options["json"] else plan_text(load_plan))
        # An empty plan makes no revision.
        if options["dry_run"] or load_plan.is_empty:
            return
        with bar("Loading") as progress:
            revision = apply(load_plan, reason=reason, progress=progress)
    except CatalogFileError as error:
        message = f"{error}\nNothing was changed."
        raise CommandError(message) from error
    # With --json the output is one JSON document.
    if not options["json"]:
        out.write(f"Loaded as revision {revision}.")


def plan_text(load_plan: Plan | EvidencePlan) -> str:
    """Return counts and the first lines."""
    counts = {
        "new": load_plan.count("new"),
        "changed": load_plan.count("change"),
        "read again": len(load_plan.checked),
        "unchanged": load_plan.unchanged,
        "left alone": load_plan.count("conflict"),
    }
    # What changes or is left alone matters more than hundreds of new rows.
    shown = [line for line in load_plan.lines if line.verb != "new"] or load_plan.lines
    marks = {"new": "+", "change": "~", "conflict": "!"}
    rows = [f"  {marks[line.verb]} {line.subject}: {line.said} [{line.place}]" for line in shown[:SHOWN]]
    if len(load_plan.lines) > len(rows):
        rows.append(f"  … and {len(load_plan.lines) - len(rows)} more (--json prints all)")
    rows += _warnings(load_plan)
    summary = ", ".join(f"{count:,} {word}" for word, count in counts.items())
    return "\n".join([f"Plan: {summary}", *rows, *([] if not load_plan.is_empty else ["Nothing to do."])])


def _warnings(load_plan: Plan | EvidencePlan) -> list[str]:
    if not load_plan.warnings:
        return []
    rows = [f"  ? {line.subject}: {line.said} [{line.place}]" for line in load_plan.warnings[:SHOWN]]
    if len(load_plan.warnings) > SHOWN:
        rows.append(f"  … and {len(load_plan.warnings) - SHOWN} more (--json prints all)")
    return [f"Check these prices, {len(load_plan.warnings):,} in all:", *rows]
