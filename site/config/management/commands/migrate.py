"""`manage.py migrate`: killed on its way forwards, it is done by the next run."""

from typing import Any

from django.core.checks import Tags
from django.core.management.commands import migrate
from django.db.migrations import Migration
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.state import ProjectState


class WholeExecutor(MigrationExecutor):
    """Records a migration in the transaction that applies it."""

    def apply_migration(
        self, state: ProjectState, migration: Migration, *args: Any, **options: Any
    ) -> ProjectState:
        """Run all SQL of a migration before it is recorded."""
        # Django defers some of it to the end, and records such a migration after the commit.
        # Killed between the two, a site finds its tables there at each later start, and fails.
        apply = migration.apply

        def apply_whole(before: ProjectState, editor: Any, *args: Any, **options: Any) -> ProjectState:
            after = apply(before, editor, *args, **options)
            for sql in editor.deferred_sql:
                editor.execute(sql, None)
            editor.deferred_sql.clear()
            return after

        migration.apply = apply_whole  # type: ignore[assignment,method-assign]
        try:
            return super().apply_migration(state, migration, *args, **options)
        finally:
            migration.apply = apply  # type: ignore[method-assign]


# Django's command takes its executor from here and offers no other way.
migrate.MigrationExecutor = WholeExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """Django's, with that executor, and only the checks of the database: others import every page."""

    requires_system_checks = (Tags.database,)
