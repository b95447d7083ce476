"""`manage.py rebuild_records`, after an upgrade that changes records or search."""

from typing import Any

from django.db import transaction

from catalog.management.command_line import bar
from catalog.management.quick_command import QuickCommand
from catalog.models import Variant
from catalog.publishing import build_records
from catalog.publishing.publish import current_revision
from catalog.search.facet_index import writing
from catalog.search.text_index import rebuild_groups, tidy


class Command(QuickCommand):
    """Rebuild all records."""

    help = "Build every model's stored record, and what search looks in, anew from the rows."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ids = list(Variant.objects.order_by("pk").values_list("pk", flat=True))
        # The rows stay as they are, so no revision is made.
        revision = current_revision()[0]
        # All at once: until then, visitors and search see the old records.
        with bar("Rebuilding") as progress, transaction.atomic():
            writing.clear()
            for start in range(0, len(ids), build_records.BATCH):
                build_records.rebuild(ids[start : start + build_records.BATCH], revision)
                progress(min(start + build_records.BATCH, len(ids)), len(ids))
            rebuild_groups()
            tidy()
        self.stdout.write(f"Rebuilt the records of {len(ids)} models.")
