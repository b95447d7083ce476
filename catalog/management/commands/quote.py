"""`manage.py quote`: what a usage costs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from catalog.management.command_line import instant
from catalog.management.quick_command import QuickCommand
from catalog.presentation import computed_json
from catalog.pricing.billed_quantity import UnevenCallsError
from catalog.pricing.conditions import describe
from catalog.pricing.money import plain, usd
from catalog.pricing.price import KINDS
from catalog.pricing.units import METERS
from catalog.publishing.publish import current_revision
from catalog.records.phrases import marked
from catalog.records.quote_warnings import WarnedQuote, quote_use
from catalog.records.read_usage import AskedError, read_usage
from catalog.search import lookup
from catalog.text.instants import rfc3339


class Command(QuickCommand):
    """Quote: `manage.py quote claude-sonnet-4-6 input_tokens=10000 output_tokens=2000`."""

    help = "Say what a use of a model costs, exactly, line by line."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("model", help="a model ID or an alias")
        parser.add_argument(
            "asked",
            nargs="+",
            metavar="KEY=VALUE",
            help="a meter (input_tokens=10000), calls, param.NAME, service_tier, region or action",
        )
        parser.add_argument("--kind", choices=KINDS, help="sell or list; without it both, side by side")
        parser.add_argument(
            "--at", type=instant, help="an instant (2026-11-01T00:00:00Z) or a date; without it, now"
        )
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *_args: Any, **options: Any) -> None:
        record = lookup.by_model_id(options["model"])
        if record is None:
            near = ", ".join(row.model_id for row in lookup.suggestions(options["model"]))
            message = f"There is no model {options['model']!r}. Near it: {near or 'none'}."
            raise CommandError(message)
        at = options["at"] or timezone.now()
        try:
            usage = read_usage(record, _pairs(options["asked"]), at)
        except AskedError as error:
            raise CommandError("\n".join(f"{key}: {reason}" for key, reason in error.errors)) from error
        kinds = [options["kind"]] if options["kind"] else KINDS
        try:
            quotes = [quote_use(record, usage, kind) for kind in kinds]
        except UnevenCallsError as error:
            raise CommandError(str(error)) from error
        if options["json"]:
            revision = current_revision()[0]
            rows = [computed_json.quote(record["model_id"], row, at, revision) for row in quotes]
            self.stdout.write(json.dumps(rows))
            return
        self.stdout.write(f"{record['model_id']} at {rfc3339(at)}")
        for result in quotes:
            self.stdout.write(_text(result))


def _pairs(arguments: list[str]) -> dict[str, str]:
    wrong = [pair for pair in arguments if "=" not in pair]
    if wrong:
        message = f"{wrong[0]!r} is no KEY=VALUE: write input_tokens=10000"
        raise CommandError(message)
    return dict(pair.split("=", 1) for pair in arguments)


def _text(warned: WarnedQuote) -> str:
    result = warned.quote
    lines = [f"\n{result.kind.capitalize()} price"]
    for line in result.lines:
        conditions = f"; {', '.join(describe(line.conditions))}" if line.conditions else ""
        is_other = line.billed_quantity != line.quantity
        billed = f", billed as {plain(line.billed_quantity)}," if is_other else ""
        each = f"{usd(line.unit_amount, result.currency or 'USD')} per {line.unit}"
        unit = marked(each, is_inferred=line.unit_is_inferred)
        amount = usd(line.amount, result.currency or "USD")
        lines.append(
            f"  {METERS[line.meter].label:<24}{plain(line.quantity):>12}{billed} at {unit} = {amount}"
            f"  (price {line.price_id}{conditions})"
        )
    lines += [
        f"  {METERS[row.meter].label:<24}{plain(row.quantity):>12}   {row.words}" for row in result.unpriced
    ]
    if result.total is not None:
        lines.append(f"  Total {usd(result.total, result.currency or 'USD')}")
    elif result.lines:
        # A sum with an unknown part is no total.
        lines.append(f"  Subtotal {usd(result.subtotal, result.currency or 'USD')}; total not known")
    else:
        lines.append("  Total not known")
    lines += [f"  Warning: {row.message}" for row in warned.warnings]
    return "\n".join(lines)
