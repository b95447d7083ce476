"""Registers the room with Django, for its command."""

from django.apps import AppConfig


class McpConfig(AppConfig):
    """The room of the tools."""

    name = "mcp_server"
    verbose_name = "MCP server"
