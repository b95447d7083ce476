"""Runs a tool, and explains failures."""

import json
import logging
from typing import Any

from django.db import close_old_connections
from mcp_types import (
    CallToolResult,
    TextContent,
)
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from catalog.publishing.database_errors import trouble
from catalog.text.refusal import shown
from mcp_server.registry import TOOLS, Tool
from mcp_server.writing import UnanswerableError

AWAY = "The database of the catalog does not answer. Try again in a few seconds."
logger = logging.getLogger("mcp_server")


def call(name: str, given: dict[str, Any]) -> CallToolResult:
    """Run a tool; explain failures to the caller."""
    tool = TOOLS.get(name)
    if tool is None:
        return _refused(f"There is no tool {shown(name)}. There are {', '.join(TOOLS)}.")
    try:
        # As JSON, in which a string may be a date or a word of a list, and strictly nothing else.
        arguments = tool.takes.model_validate_json(json.dumps(given), strict=True)
    except ValidationError as error:
        return _refused("\n".join(_said(tool, wrong) for wrong in error.errors(include_url=False)[:10]))
    except (ValueError, RecursionError):
        return _refused("The arguments cannot be read: give one flat JSON object.")
    # Django does this per request; here there are none, and the threads live on.
    close_old_connections()
    try:
        result = tool.run(arguments)
        body = tool.gives.model_validate(result).model_dump(mode="json")
    except UnanswerableError as error:
        return _refused(str(error))
    except Exception as error:
        if trouble(error):
            logger.warning("The tool %s could not ask the database: %s", name, " ".join(str(error).split()))
            return _refused(AWAY)
        logger.exception("The tool %s failed.", name)
        return _refused("Something failed on our side. It has been logged.")
    finally:
        close_old_connections()
    text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
    return CallToolResult(content=[TextContent(type="text", text=text)], structured_content=body)


def _refused(message: str) -> CallToolResult:
    return CallToolResult(content=[TextContent(type="text", text=message)], is_error=True)


def _said(tool: Tool, wrong: ErrorDetails) -> str:
    place = ".".join(str(part) for part in wrong["loc"])[:100] or "arguments"
    if wrong["type"] == "extra_forbidden":
        return f"{place}: there is no such argument; {tool.name} takes {', '.join(tool.takes.model_fields)}."
    if wrong["type"] == "missing":
        return f"{place}: is required."
    message = wrong["msg"].removeprefix("Value error, ")
    return f"{place}: {message}; {shown(wrong['input'])} was given."
