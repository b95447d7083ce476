"""A process of its own that imports another catalog: killed in the middle by the tests of imports."""

import json
import os
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "site"), str(ROOT / "tests")]
os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"

import django  # noqa: E402 - the path comes first

django.setup()

from django.utils import timezone  # noqa: E402

import first_write  # noqa: E402
from catalog.exchange.importing import ImportScope, carry_out, prepare  # noqa: E402
from catalog.models import (  # noqa: E402
    ChangeEvent,
    Document,
    FacetSpan,
    Price,
    Revision,
    SearchEntry,
    Source,
    SourceClaim,
    Variant,
)


def state():
    """Count every kind of row that an import writes, and what a half-done one would leave."""
    kinds = (Variant, Price, Source, SourceClaim, ChangeEvent, Revision, Document, FacetSpan, SearchEntry)
    rows = {kind.__name__: kind.objects.count() for kind in kinds}
    return rows | {"without_record": Variant.objects.filter(document__isnull=True).count()}


def load(mode, path):
    """Import a file of LiteLLM's."""
    found = prepare(ImportScope("litellm", mode), Path(path).read_bytes(), "map.json", timezone.now())
    with first_write.announced():
        return {"revision": carry_out(found, reason="Killed")}


if __name__ == "__main__":
    words = sys.argv[1:]
    print(json.dumps(load(*words) if words else state()), flush=True)  # noqa: T201
