"""Addresses of the pages."""

from django.urls import URLPattern, path

from pages.feeds.urls import urlpatterns as feeds
from pages.views.card import model_card, site_card
from pages.views.changes import change_list
from pages.views.compare import comparison
from pages.views.home import home
from pages.views.model import model
from pages.views.models import family, models
from pages.views.models_csv import models_csv
from pages.views.price import price
from pages.views.pricing import pricing
from pages.views.providers import provider, providers
from pages.views.schema import schema
from pages.views.search import search
from pages.views.status import status
from pages.views.styleguide import styleguide

urlpatterns: list[URLPattern] = [
    path("", home, name="home"),
    path("models", models, name="models"),
    path("models.csv", models_csv, name="models-csv"),
    path("models/<str:family_slug>", family, name="family"),
    *feeds,
    # A slug may hold slashes and so take any address: what stands below a model comes before it.
    path("models/<str:family>/<path:slug>/schema.json", schema, name="schema"),
    path("models/<str:family>/<path:slug>/card.png", model_card, name="model-card"),
    path("models/<str:family>/<path:slug>", model, name="model"),
    path("compare", comparison, name="compare"),
    path("compare/<path:names>", comparison, name="comparison"),
    path("providers", providers, name="providers"),
    path("providers/<str:slug>", provider, name="provider"),
    path("pricing", pricing, name="pricing"),
    path("prices/<int:pk>", price, name="price"),
    path("changes", change_list, name="changes"),
    path("search", search, name="search"),
    path("status", status, name="status"),
    path("card.png", site_card, name="card"),
    path("styleguide", styleguide, name="styleguide"),
]
