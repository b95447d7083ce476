"""Addresses of the whole site: each room brings its own."""

from django.contrib import admin
from django.urls import include, path

from config import probes

urlpatterns = [
    path("livez", probes.livez),
    path("readyz", probes.readyz),
    path("admin/", admin.site.urls),
    path("", include("api.urls")),
    path("", include("docs.urls")),
    path("", include("pages.urls")),
]

handler400 = "pages.views.errors.bad_request"
handler403 = "pages.views.errors.permission_denied"
handler404 = "pages.views.errors.not_found"
handler500 = "pages.views.errors.server_error"
