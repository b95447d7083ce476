"""Addresses of the documentation."""

from django.urls import path

from docs import views

urlpatterns = [
    path("docs", views.index, name="docs"),
    path("docs/<path:slug>", views.page, name="docs-page"),
]
