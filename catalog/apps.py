"""The catalog application: what is true."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate

from catalog import guards


class CatalogConfig(AppConfig):
    """Install the database's guards whenever migrations have run."""

    name = "catalog"
    verbose_name = "Catalog"

    def ready(self) -> None:
        """Listen for migrations: on SQLite a rebuilt table loses its triggers."""
        post_migrate.connect(guards.after_migrate, sender=self, dispatch_uid="catalog.guards")
