"""The API's reference page, from its OpenAPI document."""

from collections.abc import Callable
from functools import cache
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from ninja import NinjaAPI

from catalog.text.query_names import takes


def reference_view(api: NinjaAPI) -> Callable[[HttpRequest], HttpResponse]:
    """Return the view of an API's operations and schemas."""

    # Once per process: it depends on code alone.
    @cache
    def sections() -> dict[str, Any]:
        schema = api.get_openapi_schema(path_prefix="/api/v1/")
        return {"operations": _operations(schema), "shapes": _shapes(schema)}

    @takes()
    def reference(request: HttpRequest) -> HttpResponse:
        return render(request, "api/reference.html", {"section": "docs", **sections()})

    return reference


def _operations(schema: dict[str, Any]) -> list[dict[str, Any]]:
    operations = []
    for path, methods in schema["paths"].items():
        for method, operation in methods.items():
            answers = operation["responses"]
            operations.append(
                {
                    "id": operation["operationId"],
                    "method": method.upper(),
                    "path": path,
                    "summary": operation["summary"],
                    "description": operation.get("description", ""),
                    "parameters": [_parameter(row) for row in operation.get("parameters", [])],
                    "body": _type(_body(operation.get("requestBody", {}))) if method == "post" else "",
                    "answers": [
                        {"status": code, "shape": _type(body) if (body := _body(answers[code])) else ""}
                        for code in sorted(answers, key=str)
                    ],
                }
            )
    return operations


def _body(response: dict[str, Any]) -> dict[str, Any]:
    content: dict[str, Any] = response.get("content", {})
    media: dict[str, Any] = next(iter(content.values()), {})
    shape: dict[str, Any] = media.get("schema", {})
    return shape


def _parameter(row: dict[str, Any]) -> dict[str, Any]:
    schema = row["schema"]
    return {
        "name": row["name"],
        "place": row["in"],
        "required": row.get("required", False),
        "type": _type(schema),
        "default": _default(schema),
        "bounds": _bounds(schema),
        "description": schema.get("description", ""),
    }


def _default(schema: dict[str, Any]) -> str:
    value = schema.get("default")
    return "" if value in (None, "", []) else str(value).lower() if isinstance(value, bool) else str(value)


def _bounds(schema: dict[str, Any]) -> str:
    low, high = schema.get("minimum"), schema.get("maximum")
    return f"{low:,} to {high:,}" if low is not None and high is not None else ""


def _shapes(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "description": shape.get("description", ""),
            "fields": [
                {"name": field, "type": _type(kind), "description": kind.get("description", "")}
                for field, kind in shape.get("properties", {}).items()
            ],
        }
        for name, shape in sorted(schema["components"]["schemas"].items())
        if not name.endswith("Query")  # these are listed as parameters
    ]


def _type(schema: dict[str, Any]) -> str:
    """Return a schema's type for people, as `list of Model`."""
    if "$ref" in schema:
        return str(schema["$ref"]).rsplit("/", 1)[-1]
    if "anyOf" in schema:
        return " or ".join(dict.fromkeys(_type(option) for option in schema["anyOf"]))
    if "enum" in schema:
        return " or ".join(f'"{value}"' for value in schema["enum"])
    kind = str(schema.get("type", "any"))
    if kind == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if kind == "object" and isinstance(schema.get("additionalProperties"), dict):
        return f"object of {_type(schema['additionalProperties'])}"
    return f"{kind} ({schema['format']})" if "format" in schema else kind
