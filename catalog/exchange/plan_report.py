"""Reports of plans for programs and for storage."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.plan_lines import Plan, PlanLine

MOST_KEPT = 10_000
MOST_BYTES = 1_000_000
NO_MATCH = "Matches no model here"


def plan_report(load_plan: Plan | EvidencePlan) -> dict[str, Any]:
    """Return all lines and counts."""
    counts: dict[str, Any] = {verb: load_plan.count(verb) for verb in ("new", "change", "conflict")}
    return {
        **counts,
        "read_again": len(load_plan.checked),
        "unchanged": load_plan.unchanged,
        "lines": [
            {"verb": line.verb, "subject": line.subject, "said": line.said, "place": str(line.place)}
            for line in load_plan.lines
        ],
        "warnings": _told(load_plan.warnings),
        "losses": _told(load_plan.losses),
    }


def _told(lines: Iterable[PlanLine]) -> list[dict[str, str]]:
    return [{"subject": line.subject, "said": line.said, "place": str(line.place)} for line in lines]


def import_report(load_plan: Plan | EvidencePlan) -> dict[str, Any]:
    """Return the report with refused rows, lost values and unmatched names."""
    more: dict[str, Any] = {
        "rows": load_plan.rows,
        "refused": list(_refused(load_plan)),
        "lost": dict(load_plan.lost.most_common()),
    }
    if isinstance(load_plan, EvidencePlan):
        more |= {"matched": len(load_plan.names), "unmatched": load_plan.unmatched}
    return {**plan_report(load_plan), **more}


def kept_rows(load_plan: Plan | EvidencePlan) -> dict[str, Any]:
    """Return the rows left out, up to a limit, and how many more."""
    unmatched = load_plan.unmatched if isinstance(load_plan, EvidencePlan) else []
    count = len(load_plan.refused) + len(unmatched)
    rows: list[dict[str, str]] = []
    size = 0
    for row in (
        *_refused(load_plan),
        *({"subject": name, "place": "", "reason": NO_MATCH} for name in unmatched),
    ):
        size += len(json.dumps(row)) + 2
        if size > MOST_BYTES or len(rows) == MOST_KEPT:
            break
        rows.append(row)
    return {"rows": rows, "more": count - len(rows)}


def _refused(load_plan: Plan | EvidencePlan) -> Iterator[dict[str, str]]:
    for one in load_plan.refused:
        yield {"subject": one.subject, "place": str(one.place), "reason": one.reason}
