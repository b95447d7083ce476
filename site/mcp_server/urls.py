"""Addresses of the tools."""

from django.urls import path

from mcp_server import views

urlpatterns = [
    path("mcp", views.tools, name="mcp"),
    path("mcp/server-card", views.server_card, name="mcp-server-card"),
]
