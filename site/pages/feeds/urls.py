"""Addresses of feeds and calendars."""

from django.urls import URLPattern, path

from pages.feeds import views
from pages.feeds.streams import KINDS

urlpatterns: list[URLPattern] = [
    path("lifecycle.ics", views.lifecycle, name="lifecycle"),
    path("models/<str:family>/lifecycle.ics", views.lifecycle, name="family-lifecycle"),
]
for form in views.FORMS:
    given = {"form": form}
    urlpatterns += [
        path(f"changes.{form}", views.all_changes, given, name=f"changes.{form}"),
        *(path(f"changes/{kind}.{form}", views.changes_of_kind, {**given, "kind": kind}) for kind in KINDS),
        path(f"models/<str:family>/changes.{form}", views.changes_of_family, given),
        path(f"models/<str:family>/<path:slug>/changes.{form}", views.changes_of_model, given),
    ]
