"""The report of a plan for programs, and what is stored of it after an import."""

import json
from collections.abc import Iterator
from typing import Any

from catalog.exchange.evidence import EvidencePlan
from catalog.exchange.plan import Plan

MOST_KEPT = 10_000
MOST_BYTES = 1_000_000
NO_MATCH = "Matches no model here"


def plan_report(found: Plan | EvidencePlan) -> dict[str, Any]:
    """Return every line of a plan, and the count of each kind."""
    counts: dict[str, Any] = {verb: found.count(verb) for verb in ("new", "change", "conflict")}
    return {
        **counts,
        "read_again": len(found.checked),
        "unchanged": found.unchanged,
        "lines": [
            {"verb": line.verb, "subject": line.subject, "said": line.said, "place": str(line.place)}
            for line in found.lines
        ],
        "warnings": [
            {"subject": line.subject, "said": line.said, "place": str(line.place)} for line in found.warnings
        ],
    }


def import_report(found: Plan | EvidencePlan) -> dict[str, Any]:
    """Return the plan's report with rows set aside, values without a place, and unmatched entries."""
    more: dict[str, Any] = {
        "rows": found.rows,
        "refused": list(_refused(found)),
        "lost": dict(found.lost.most_common()),
    }
    if isinstance(found, EvidencePlan):
        more |= {"matched": len(found.names), "unmatched": found.unmatched}
    return {**plan_report(found), **more}


def kept_rows(found: Plan | EvidencePlan) -> dict[str, Any]:
    """Return the rows left out with their reasons, up to a limit, and how many more there were."""
    unmatched = found.unmatched if isinstance(found, EvidencePlan) else []
    count = len(found.refused) + len(unmatched)
    kept: list[dict[str, str]] = []
    size = 0
    for row in (
        *_refused(found),
        *({"subject": name, "place": "", "reason": NO_MATCH} for name in unmatched),
    ):
        size += len(json.dumps(row)) + 2
        if size > MOST_BYTES or len(kept) == MOST_KEPT:
            break
        kept.append(row)
    return {"rows": kept, "more": count - len(kept)}


def _refused(found: Plan | EvidencePlan) -> Iterator[dict[str, str]]:
    for one in found.refused:
        yield {"subject": one.subject, "place": str(one.place), "reason": one.reason}
