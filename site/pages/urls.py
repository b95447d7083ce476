"""Addresses of the pages that show the catalog."""

from django.urls import URLPattern, path

from pages.views.model import model

urlpatterns: list[URLPattern] = [
    path("models/<str:family>/<path:slug>", model, name="model"),
]
