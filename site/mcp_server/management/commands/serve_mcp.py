"""`manage.py serve_mcp`: the process that answers /mcp."""

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from mcp_server.server import serve


class Command(BaseCommand):
    """Serve MCP on the socket MCP_SOCKET."""

    help = "Run the process behind /mcp on the Unix socket MCP_SOCKET; `serve` does this by itself."
    requires_system_checks = ()

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--with-parent", action="store_true", help="end with the process that started this one"
        )
        parser.add_argument("--own-folder", action="store_true", help="remove the socket's folder at the end")

    def handle(self, *_args: Any, with_parent: bool, own_folder: bool, **_options: Any) -> None:
        if not settings.MCP_SOCKET:
            raise CommandError("MCP_SOCKET is not set: name a socket, as in /run/catalog/mcp.sock.")
        # The tools serve visitors: their queries get the same time limits as pages.
        settings.DATABASES["default"].update(settings.VISITORS_DATABASE)
        try:
            serve(Path(settings.MCP_SOCKET), with_parent=with_parent, own_folder=own_folder or with_parent)
        except OSError as error:
            raise CommandError(f"MCP_SOCKET {settings.MCP_SOCKET}: {error.strerror}.") from error
