"""The catalog application."""

from collections.abc import Sequence
from typing import Any

from django.apps import AppConfig
from django.core.checks import Error, Tags, register
from django.db import connections
from django.db.models.signals import post_migrate
from django.utils.translation import gettext, ngettext

from catalog import search
from catalog.text import language


class CatalogConfig(AppConfig):
    """Installs triggers and indexes after migrations."""

    name = "catalog"
    verbose_name = "Catalog"

    def ready(self) -> None:
        """Set the language, and listen for migrations."""
        language.words_of(gettext, ngettext)
        # Models can be imported once all applications are known, and not before.
        from catalog.models import triggers  # noqa: PLC0415
        from catalog.publishing import build_records  # noqa: PLC0415
        from catalog.search.facet_index import writing as facet_index  # noqa: PLC0415

        # On SQLite a migration may rebuild a table, and its triggers are lost with the old one.
        post_migrate.connect(triggers.after_migrate, sender=self, dispatch_uid="catalog.models.triggers")
        post_migrate.connect(search.after_migrate, sender=self, dispatch_uid="catalog.search")
        post_migrate.connect(facet_index.build, sender=self, dispatch_uid="catalog.search.facet_index")
        post_migrate.connect(
            build_records.after_migrate, sender=self, dispatch_uid="catalog.publishing.build_records"
        )
        # For deployment only: `migrate` runs the other checks of a database before it could mend this one.
        register(guards_stand, Tags.database, deploy=True)


def guards_stand(
    app_configs: Sequence[AppConfig] | None, databases: Sequence[str] | None = None, **_kwargs: Any
) -> list[Error]:
    """Report missing triggers and indexes: `manage.py check --deploy --database default`."""
    from catalog.models import triggers  # noqa: PLC0415 - as above

    del app_configs
    lacking = {name: triggers.missing(connections[name]) for name in databases or []}
    unindexed = {name: search.missing(connections[name]) for name in databases or []}
    return [
        Error(
            f"The database {name!r} lacks its guards ({', '.join(missing)}): prices can be edited.",
            hint="Run manage.py migrate: it installs them, also where no migration is due.",
            id="catalog.E001",
        )
        for name, missing in lacking.items()
        if missing
    ] + [
        Error(
            f"The database {name!r} lacks its search index ({', '.join(missing)}): nothing is found.",
            hint="Run manage.py migrate: it installs the index, also where no migration is due.",
            id="catalog.E002",
        )
        for name, missing in unindexed.items()
        if missing
    ]
