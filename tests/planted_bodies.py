"""Bodies that are wrong in one place each, made from one that is right."""


def planted(request, parameters):
    """Give bodies that are wrong in one place each, with the kind of the error."""
    body = request.body
    for spec in parameters:
        name = spec["name"]
        if spec["required"]:
            yield "missing", {key: value for key, value in body.items() if key != name}
        if spec["type"]:
            yield "type", {**body, name: 7 if spec["type"] in {"string", "array", "boolean"} else "many"}
        if spec["enum"]:
            yield "enum", {**body, name: "no such value" if spec["type"] in {"string", None} else 987654}
        if spec["minimum"]:
            yield "minimum", {**body, name: int(float(spec["minimum"])) - 1}
        if spec["maximum"]:
            yield "maximum", {**body, name: int(float(spec["maximum"])) + 1}
        if spec["max_length"]:
            yield "length", {**body, name: "a" * (spec["max_length"] + 1)}
        if spec["max_items"]:
            yield "items", {**body, name: ["https://example.com/a"] * (spec["max_items"] + 1)}
        if spec["pattern"]:
            yield "pattern", {**body, name: " "}
    if "model" in body:
        yield "model", {**body, "model": "gone-1"}
    yield "unknown", {**body, "no_such_parameter": 1}
