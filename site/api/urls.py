"""Addresses of the JSON API and its reference."""

from django.urls import path

from api import problems
from api.document import CatalogAPI, document_view
from api.known_parameters import refuse_unknown
from api.reference import reference_view
from api.routes import changes, compare, exports, families, models, quote, search, status, usage

api = CatalogAPI(
    title="Model catalog API",
    version="1",
    description="The catalog as JSON: read-only, no key. Amounts are decimal strings, instants RFC 3339 UTC.",
    docs_url=None,
    openapi_url=None,
    urls_namespace="api",
)
problems.install(api)
api.add_decorator(refuse_unknown, mode="view")
for router in (
    models.router,
    families.router,
    status.router,
    quote.router,
    usage.router,
    search.router,
    compare.router,
    changes.router,
    exports.router,
):
    api.add_router("", router)

urlpatterns = [
    path("api/v1/docs", reference_view(api), name="api-reference"),
    path("api/v1/openapi.json", document_view(api, "/api/v1/"), name="api-openapi"),
    path("api/v1/", api.urls),
]
