"""Loading catalog files from the command line."""

import json
import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.management.base import CommandError, OutputWrapper

from catalog.exchange import catalog_file
from catalog.exchange.document import FilePlace
from catalog.exchange.file_table import CatalogFileError
from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.load import apply
from catalog.exchange.losses import dropped_models
from catalog.exchange.plan import plan
from catalog.exchange.plan_lines import Plan, PlanLine
from catalog.exchange.plan_report import plan_report
from catalog.management.command_line import bar

SHOWN = 40


def add_options(parser: ArgumentParser) -> None:
    """Add the options of every loading command."""
    parser.add_argument("--dry-run", action="store_true", help="print the plan and stop")
    parser.add_argument(
        "--accept-losses", action="store_true", help="go on where known values become unknown"
    )
    parser.add_argument("--force", action="store_true", help="overwrite what was set in the admin")
    parser.add_argument("--json", action="store_true", help="print the plan as JSON, every line of it")


def load(
    paths: Sequence[Path], out: OutputWrapper, options: dict[str, Any], reason: str, *, is_whole: bool = False
) -> None:
    """Plan, print and load; CommandError names file, line and reason.

    What `is_whole` drops a model by leaving it out.
    """
    try:
        load_plan = plan(catalog_file.read(paths), force=options["force"])
        if is_whole:
            for model_id in dropped_models(load_plan.document):
                load_plan.lose(model_id, ["is in no file any more; it stays as it is"], FilePlace("catalog"))
        out.write(json.dumps(plan_report(load_plan)) if options["json"] else plan_text(load_plan))
        # An empty plan makes no revision.
        if options["dry_run"] or load_plan.is_empty:
            return
        accept_losses(load_plan, options)
        with bar("Loading") as progress:
            revision = apply(load_plan, reason=reason, progress=progress)
    except CatalogFileError as error:
        message = f"{error}\nNothing was changed."
        raise CommandError(message) from error
    # With --json the output is one JSON document.
    if not options["json"]:
        out.write(f"Loaded as revision {revision}.")


def accept_losses(load_plan: Plan | EvidencePlan, options: dict[str, Any]) -> None:
    """Ask whether known values may be lost; CommandError where nobody says so."""
    if not load_plan.losses or options["accept_losses"]:
        return
    count = f"{len(load_plan.losses):,} known value{'' if len(load_plan.losses) == 1 else 's'} would be lost"
    if sys.stdin.isatty() and not options["json"]:
        answer = input(f"{count}. Go on? [y/N] ")
        if answer.strip().lower() in {"y", "yes"}:
            return
        raise CommandError("Nothing was changed.")
    raise CommandError(
        f"{count} (the lines that begin with -): keep them in the file, "
        "or say --accept-losses.\nNothing was changed."
    )


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
    rows += _marked("Known values that would be lost", "-", load_plan.losses)
    rows += _marked("Check these values", "?", load_plan.warnings)
    summary = ", ".join(f"{count:,} {word}" for word, count in counts.items())
    return "\n".join([f"Plan: {summary}", *rows, *([] if not load_plan.is_empty else ["Nothing to do."])])


def _marked(title: str, mark: str, lines: Sequence[PlanLine]) -> list[str]:
    if not lines:
        return []
    rows = [f"  {mark} {line.subject}: {line.said} [{line.place}]" for line in lines[:SHOWN]]
    if len(lines) > SHOWN:
        rows.append(f"  … and {len(lines) - SHOWN} more (--json prints all)")
    return [f"{title}, {len(lines):,} in all:", *rows]
