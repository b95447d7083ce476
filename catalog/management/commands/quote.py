"""`manage.py quote`: what a usage costs."""

import json
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import CommandError
from django.utils import timezone

from catalog.management.command_line import instant
from catalog.management.quick_command import QuickCommand
from catalog.pricing.conditions import describe
from catalog.pricing.money import plain, usd
from catalog.pricing.price import KINDS
from catalog.pricing.quote import Quote, quote
from catalog.pricing.units import METERS
from catalog.records.price_rows import price_rows
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
            help="a meter (input_tokens=10000), param.NAME, service_tier, region or action",
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
        rows = price_rows(record)
        quotes = [quote(rows, usage, kind) for kind in ([options["kind"]] if options["kind"] else KINDS)]
        if options["json"]:
            self.stdout.write(json.dumps([_wire(record["model_id"], result) for result in quotes]))
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


def _text(result: Quote) -> str:
    lines = [f"\n{result.kind.capitalize()} price"]
    for line in result.lines:
        conditions = f"; {', '.join(describe(line.conditions))}" if line.conditions else ""
        unit = f"{usd(line.unit_amount, result.currency or 'USD')} per {line.unit}"
        amount = usd(line.amount, result.currency or "USD")
        lines.append(
            f"  {METERS[line.meter].label:<24}{plain(line.quantity):>12} at {unit} = {amount}"
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
    return "\n".join(lines)


def _wire(model_id: str, result: Quote) -> dict[str, Any]:
    return {
        "model": model_id,
        "kind": result.kind,
        "currency": result.currency,
        "total": None if result.total is None else plain(result.total),
        "subtotal": plain(result.subtotal),
        "lines": [
            {
                "meter": line.meter,
                "quantity": plain(line.quantity),
                "per": line.per,
                "unit_amount": plain(line.unit_amount),
                "amount": plain(line.amount),
                "conditions": line.conditions,
                "price_id": line.price_id,
            }
            for line in result.lines
        ],
        "unpriced": [row.meter for row in result.unpriced],
        "at": rfc3339(result.at),
    }
