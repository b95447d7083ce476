"""The steps of an import: store, plan, carry out, describe."""

import hashlib
from typing import Any

from django.db import transaction
from django.http import Http404, HttpRequest
from django.utils import timezone

from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.importing import Found, ImportScope, carry_out, digest, prepare
from catalog.exchange.input_files import unpacked
from catalog.exchange.plan_report import kept_rows
from catalog.exchange.registry import FORMATS, OWN
from catalog.models import ImportFile

SHOWN = 200


def keep_file(request: HttpRequest, cleaned: dict[str, Any]) -> ImportFile:
    """Store a readable upload."""
    content, name = cleaned["file"].read(), cleaned["file"].name
    row = ImportFile(
        format=cleaned["format"],
        mode=cleaned["mode"],
        provider=cleaned["provider"],
        file_name=name,
        sha256=hashlib.sha256(content).hexdigest(),
        content=content,
        created_by=request.user,  # type: ignore[misc]
        created_at=timezone.now(),
        as_of=cleaned["as_of"],
    )
    # A file that is none of its format is not kept.
    prepare_file(row)
    row.save()
    return row


def prepare_file(row: ImportFile) -> Found:
    """Plan an import as of its upload."""
    content = bytes(row.content)
    # The content is emptied once imported: there is nothing to plan.
    if hashlib.sha256(content).hexdigest() != row.sha256:
        raise Http404
    files = unpacked(content, row.file_name, tree=FORMATS[row.format].reads_tree)
    scope = ImportScope(row.format, row.mode, row.provider or None)  # type: ignore[arg-type]
    return prepare(scope, files, row.file_name, row.read_at)


def import_file(request: HttpRequest, row: ImportFile, plan: Found) -> None:
    """Import and note it in one transaction."""
    reason = f"Import of {row.file_name}"
    if row.format != OWN:
        reason += f" as {row.mode}, from {FORMATS[row.format].label}"
    with transaction.atomic():
        locked = ImportFile.objects.select_for_update().get(pk=row.pk)
        if locked.revision_id is not None:  # a second click
            return
        locked.revision_id = carry_out(plan, reason=reason, actor=request.user)  # type: ignore[arg-type]
        locked.counts = _counts(plan)
        locked.left_out = kept_rows(plan)
        # What was read is on record now; the file itself is not kept beside it.
        locked.content = b""
        locked.save()


def _counts(plan: Found) -> dict[str, int]:
    return {
        "new": plan.count("new"),
        "changed": plan.count("change"),
        "read again": len(plan.checked),
        "unchanged": plan.unchanged,
        "left alone": plan.count("conflict"),
        "refused": len(plan.refused),
        "to check": len(plan.warnings),
        "would be lost": len(plan.losses),
    }


def describe_left_out(row: ImportFile) -> dict[str, Any]:
    """Return what a finished import left out."""
    rows = row.left_out.get("rows", [])
    return {
        "left_out": rows[:SHOWN],
        "left_out_count": len(rows) + row.left_out.get("more", 0),
        "left_out_more": row.left_out.get("more", 0),
    }


def describe_plan(plan: Found) -> dict[str, Any]:
    """Return a plan for the review."""
    by_verb = {
        verb: [line for line in plan.lines if line.verb == verb] for verb in ("change", "conflict", "new")
    }
    titles = {"change": "Changes", "conflict": "Left alone", "new": "New"}
    return {
        "counts": _counts(plan),
        "rows": plan.rows,
        "plan": digest(plan),
        "is_empty": plan.is_empty,
        "parts": [(titles[verb], len(lines), lines[:SHOWN]) for verb, lines in by_verb.items() if lines],
        "losses": plan.losses[:SHOWN],
        "loss_count": len(plan.losses),
        "warnings": plan.warnings[:SHOWN],
        "warning_count": len(plan.warnings),
        "refused": plan.refused[:SHOWN],
        "refused_count": len(plan.refused),
        "lost": plan.lost.most_common(SHOWN),
        "unmatched": plan.unmatched[:SHOWN] if isinstance(plan, EvidencePlan) else [],
        "unmatched_count": len(plan.unmatched) if isinstance(plan, EvidencePlan) else 0,
    }
