"""Imports a catalog in one transaction."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import User

from catalog.exchange import import_claims, load
from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.input_files import Content
from catalog.exchange.load import Progress
from catalog.exchange.plan import plan
from catalog.exchange.plan_lines import Plan
from catalog.exchange.registry import FORMATS

Mode = Literal["models", "evidence"]
Found = Plan | EvidencePlan
MODES: tuple[Mode, ...] = ("models", "evidence")


@dataclass(frozen=True, slots=True)
class ImportScope:
    """Mode, format, and perhaps one provider."""

    format: str
    mode: Mode
    provider: str | None = None
    force: bool = False


def prepare(scope: ImportScope, content: Content, file: str, at: datetime) -> Found:
    """Read and plan; CatalogFileError if the file is of another format."""
    reading = FORMATS[scope.format].read(content, file, at, scope.provider)
    if scope.mode == "evidence":
        return import_claims.plan(reading, scope.format)
    load_plan = plan(reading.document, force=scope.force)
    load_plan.rows = reading.rows
    load_plan.refused = [*reading.refused, *load_plan.refused]
    load_plan.lost.update(reading.lost)
    return load_plan


def carry_out(
    import_plan: Found, *, reason: str, actor: User | None = None, progress: Progress | None = None
) -> int | None:
    """Write a plan; return the revision, if any."""
    if isinstance(import_plan, EvidencePlan):
        return import_claims.apply(import_plan, reason=reason, actor=actor, progress=progress)
    return load.apply(import_plan, reason=reason, actor=actor, progress=progress)


def digest(import_plan: Found) -> str:
    """Return a plan's fingerprint."""
    # What a reviewer saw: an import that would do anything else is shown again.
    lines = (*import_plan.lines, *import_plan.losses, *import_plan.warnings)
    shown = [f"{line.verb}\t{line.subject}\t{line.said}" for line in lines]
    text = "\n".join([*shown, str(len(import_plan.checked))])
    return hashlib.sha256(text.encode()).hexdigest()
