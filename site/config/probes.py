"""What a supervisor asks: is the process up, and can it answer visitors."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from catalog import guards
from catalog.models import Document, Variant


@never_cache
def livez(_request: HttpRequest) -> HttpResponse:
    """Answer that the process is up, without asking the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
def readyz(_request: HttpRequest) -> HttpResponse:
    """Answer 200 when visitors can be served, otherwise 503 with the reason."""
    reason = _reason()
    return HttpResponse(
        f"{reason or 'ok'}\n", status=503 if reason else 200, content_type="text/plain; charset=utf-8"
    )


def _reason() -> str | None:
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return "Migrations are not applied: run manage.py migrate."
        missing = guards.missing(connection)
        if missing:
            return f"The database lacks its guards ({', '.join(missing)}): run manage.py migrate."
    except Error:
        return "The database does not answer."
    # A database may have lost tables that its migrations say it has.
    try:
        if not (Variant.objects.exists() and Document.objects.exists()):
            return "The catalog is empty: run manage.py load_catalog."
    except Error:
        return "The tables of the catalog cannot be read."
    return None
