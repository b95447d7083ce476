"""The settings' database and folder of uploads."""

from pathlib import Path

from django.conf import settings
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from config.backups.engine import Engine
from config.backups.errors import BackupError
from config.backups.postgres import Postgres
from config.backups.sqlite import Sqlite


def engine() -> Engine:
    """Return the site's database."""
    if connection.vendor == "postgresql":
        return Postgres(connection)
    name = str(connection.settings_dict["NAME"])
    if name.startswith((":memory:", "file:")):
        raise BackupError("DATABASE_URL names a database in memory: give one in a file.")
    return Sqlite(Path(name))


def media() -> Path | None:
    """Return the folder of uploads, if any."""
    return Path(settings.MEDIA_ROOT) if settings.MEDIA_ROOT else None


def known_migrations() -> set[str]:
    """List this version's migrations, and those they replace."""
    migrations = MigrationLoader(None).disk_migrations.items()
    own = {key for key, _migration in migrations}
    # A backup from before a squash has these applied.
    replaced = {key for _key, migration in migrations for key in migration.replaces}
    return {f"{app}.{name}" for app, name in own | replaced}
