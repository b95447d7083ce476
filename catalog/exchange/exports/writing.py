"""Writes the catalog in a format, and reports losses."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import IO, Any

from catalog.exchange.exports import (
    catalog_files,
    genai_prices,
    litellm,
    models_dev,
    openai_anthropic,
    openrouter,
    tables,
)
from catalog.exchange.exports.base import LEFT_OUT, ExportScope, Offered, Seller, read_seller
from catalog.models import Document
from catalog.records.facts import facts
from catalog.records.record import read_record

Write = Callable[[Iterable[Offered], Seller], Iterator[bytes]]
Progress = Callable[[int, int], None]
CHUNK = 500
JSON = "application/json"


@dataclass(frozen=True, slots=True)
class Writer:
    """A format's writer, default kind of price, and what it never holds."""

    write: Write
    suffix: str = "json"
    media_type: str = JSON
    kind: str | None = "sell"
    holds_all_time: bool = False
    never: tuple[str, ...] = ()


TEXTS = ("descriptions, questions and uses", "parameters and rules", "endpoints", "sources of values")
WRITERS = {
    "models-dev": Writer(models_dev.write, never=(*TEXTS, "provider of a model", "retirement dates")),
    "litellm": Writer(litellm.write, never=(*TEXTS, "names", "families", "release dates", "open weights")),
    "openrouter": Writer(
        openrouter.write, never=(*TEXTS, "families", "open weights", "is_moderated: false is written")
    ),
    "genai-prices": Writer(
        genai_prices.write, never=(*TEXTS, "provider of a model", "modalities", "capabilities", "dates")
    ),
    "openai-models": Writer(
        openai_anthropic.write_openai,
        kind=None,
        never=(*TEXTS, "prices", "names", "limits", "modalities", "capabilities"),
    ),
    "anthropic-models": Writer(
        openai_anthropic.write_anthropic,
        kind=None,
        never=(*TEXTS, "prices", "provider of a model", "modalities"),
    ),
    "csv": Writer(tables.write_csv, "csv", "text/csv; charset=utf-8", None, never=TEXTS),
    "jsonl": Writer(tables.write_lines, "jsonl", "application/jsonl", None, never=TEXTS[:1]),
    "toml": Writer(catalog_files.write, "zip", "application/zip", None, holds_all_time=True),
}


@dataclass(slots=True)
class WrittenReport:
    """What was written and lost: (what, reason) -> models."""

    format: str
    asked: ExportScope
    kind: str | None
    served: int = 0
    left_out: dict[str, str] = field(default_factory=dict)
    lost: dict[tuple[str, str], list[str]] = field(default_factory=dict)

    @property
    def written(self) -> int:
        """Count models written."""
        return self.served - len(self.left_out)

    @property
    def losses(self) -> int:
        """Count losses."""
        return len(self.left_out) + sum(len(models) for models in self.lost.values())

    def note(self, offered: Offered) -> None:
        """Add a model's losses."""
        self.served += 1
        reasons = [reason for what, reason in offered.lost if what == LEFT_OUT]
        # A model that is left out lost nothing else.
        if reasons:
            self.left_out[offered.model_id] = reasons[0]
            return
        for loss in dict.fromkeys(offered.lost):
            self.lost.setdefault(loss, []).append(offered.model_id)

    def wire(self) -> dict[str, Any]:
        """Return JSON values."""
        return {
            "format": self.format,
            "kind": self.kind,
            "served": self.served,
            "written": self.written,
            "losses": self.losses,
            "never": list(WRITERS[self.format].never),
            "left_out": [{"model_id": id_, "reason": why} for id_, why in self.left_out.items()],
            "lost": [
                {"what": what, "reason": reason, "count": len(models), "models": models}
                for (what, reason), models in sorted(self.lost.items())
            ],
        }


def export(name: str, scope: ExportScope, out: IO[bytes], progress: Progress | None = None) -> WrittenReport:
    """Write the catalog; one query, one model in memory."""
    writer = WRITERS[name]
    kind = scope.kind or writer.kind
    report = WrittenReport(name, scope, kind)
    out.writelines(writer.write(_offers(scope, kind, report, progress), read_seller(kind or "sell")))
    return report


def _offers(
    scope: ExportScope, kind: str | None, report: WrittenReport, progress: Progress | None
) -> Iterator[Offered]:
    everything = scope.retired or WRITERS[report.format].holds_all_time
    total = Document.objects.count() if progress else 0
    bodies = Document.objects.order_by("variant__model_id").values_list("body", flat=True)
    for done, body in enumerate(bodies.iterator(chunk_size=CHUNK), start=1):
        current = facts(read_record(body), scope.at)
        if everything or not current.is_retired:
            offered = Offered(current, kind)
            yield offered
            # After the yield: by now the writer has reported what it lost.
            report.note(offered)
        if progress and done % CHUNK == 0:
            progress(done, total)
