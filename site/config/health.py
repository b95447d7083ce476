"""Health checks: is the process up, and can it serve."""

from django.db import Error, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache

from catalog.models import Document, Variant, triggers
from catalog.publishing.database_errors import trouble
from catalog.text.query_names import REST, takes
from config.unavailable import unavailable


@never_cache
@takes(REST)
def livez(_request: HttpRequest) -> HttpResponse:
    """Answer 200 while the process is up, without the database."""
    return HttpResponse("ok\n", content_type="text/plain; charset=utf-8")


@never_cache
@takes(REST)
def readyz(request: HttpRequest) -> HttpResponse:
    """Answer 200 when visitors can be served, else 503."""
    try:
        reason = _reason()
    except Error as error:
        if kind := trouble(error):
            return unavailable(request, error, kind)
        # A database may have lost tables that its migrations say it has.
        reason = "The tables of the catalog cannot be read."
    return HttpResponse(
        f"{reason or 'ok'}\n", status=503 if reason else 200, content_type="text/plain; charset=utf-8"
    )


def _reason() -> str | None:
    executor = MigrationExecutor(connection)
    if executor.migration_plan(executor.loader.graph.leaf_nodes()):
        return "Migrations are not applied: run manage.py migrate."
    missing = triggers.missing(connection)
    if missing:
        return f"The database lacks its guards ({', '.join(missing)}): run manage.py migrate."
    if not (Variant.objects.exists() and Document.objects.exists()):
        return "The catalog is empty: run manage.py load_catalog."
    return None
