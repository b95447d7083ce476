"""Imports another catalog: read, planned, and written as models in one transaction, or not at all."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.contrib.auth.models import User

from catalog.exchange import import_claims, load
from catalog.exchange.import_claims import EvidencePlan
from catalog.exchange.input_files import Content
from catalog.exchange.load import Progress
from catalog.exchange.plan import Plan, plan
from catalog.exchange.registry import FORMATS

Mode = Literal["models", "evidence"]
Found = Plan | EvidencePlan
MODES: tuple[Mode, ...] = ("models", "evidence")


@dataclass(frozen=True, slots=True)
class ImportScope:
    """What to import: mode, format, and one provider if given."""

    format: str
    mode: Mode
    provider: str | None = None
    force: bool = False


def prepare(scope: ImportScope, content: Content, file: str, at: datetime) -> Found:
    """Read and compare; CatalogFileError where the file is none of its format."""
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
    """Carry out a plan; return the revision, or None where there is nothing to do."""
    if isinstance(import_plan, EvidencePlan):
        return import_claims.apply(import_plan, reason=reason, actor=actor, progress=progress)
    return load.apply(import_plan, reason=reason, actor=actor, progress=progress)


def digest(import_plan: Found) -> str:
    """Return a plan's fingerprint: an import does what was previewed, or is previewed again."""
    shown = [
        f"{line.verb}\t{line.subject}\t{line.said}" for line in (*import_plan.lines, *import_plan.warnings)
    ]
    text = "\n".join([*shown, str(len(import_plan.checked))])
    return hashlib.sha256(text.encode()).hexdigest()
