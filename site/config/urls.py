"""The whole site's addresses."""

from django.contrib import admin
from django.urls import include, path

from config import health, llms_txt, logins, sitemaps, well_known

admin.autodiscover()

urlpatterns = [
    path("livez", health.livez),
    path("readyz", health.readyz),
    path("openapi.json", well_known.openapi, name="openapi"),
    path(".well-known/api-catalog", well_known.api_catalog, name="api-catalog"),
    path(".well-known/ard.json", well_known.manifest, name="ard"),
    # Where clients of the manifest's first draft look.
    path(".well-known/ai-catalog.json", well_known.manifest, name="ai-catalog"),
    path(".well-known/security.txt", well_known.security, name="security"),
    path("robots.txt", sitemaps.robots, name="robots"),
    path("sitemap.xml", sitemaps.index, name="sitemaps"),
    path("sitemaps/<str:name>-<int:number>.xml", sitemaps.section, name="sitemap"),
    path("llms.txt", llms_txt.index, name="llms"),
    path("llms-full.txt", llms_txt.full, name="llms-full"),
    # Before the pages: a model's slug may take any address below its family.
    path("models/<str:family_slug>/llms.txt", llms_txt.family, name="family-llms"),
    path("admin/login/", logins.login),
    path("admin/", admin.site.urls),
    path("", include("api.urls")),
    path("", include("mcp_server.urls")),
    path("", include("skills.urls")),
    path("", include("docs.urls")),
    path("", include("pages.urls")),
]

handler400 = "config.page_format_middleware.bad_request"
handler403 = "pages.views.errors.permission_denied"
handler404 = "pages.views.errors.not_found"
handler500 = "config.unavailable.server_error"
