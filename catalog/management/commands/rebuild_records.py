"""Builds every stored record and the search index anew, as after an upgrade that changes what they hold."""

from typing import Any

from django.core.management.base import BaseCommand
from django.db import transaction

from catalog.management.command_line import bar
from catalog.models import Variant
from catalog.publishing import build_records
from catalog.publishing.publish import current_revision
from catalog.search.entries import rebuild_groups, tidy
from catalog.search.facet_index import writing


class Command(BaseCommand):
    """Rebuild the records; what they are built from stays as it is, so no revision is made."""

    help = "Build every model's stored record, and what search looks in, anew from the rows."

    def handle(self, *_args: Any, **_options: Any) -> None:
        ids = list(Variant.objects.order_by("pk").values_list("pk", flat=True))
        revision = current_revision()[0]
        with bar("Rebuilding") as progress, transaction.atomic():
            writing.clear()
            for start in range(0, len(ids), build_records.BATCH):
                build_records.rebuild(ids[start : start + build_records.BATCH], revision)
                progress(min(start + build_records.BATCH, len(ids)), len(ids))
            rebuild_groups()
            tidy()
        self.stdout.write(f"Rebuilt the records of {len(ids)} models.")
