"""Which addresses the catalog records, and which models answer at each."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from urllib.parse import unquote

from catalog.records.lifecycle import lifecycle_on
from catalog.records.record import Record
from gateway.arrivals import RefusedError

PLACES = {"{model}": r"(?P<model>[^/:]+)", "{task_id}": r"(?P<task_id>[^/]+)"}


@dataclass(slots=True)
class Route:
    """One address as the catalog writes it, what is spoken there and by which models."""

    method: str
    template: str
    protocol: str
    action: str | None
    records: list[Record] = field(default_factory=list)

    def match(self, path: str) -> dict[str, str] | None:
        """Give the values of the placeholders, or None where this is another path."""
        pattern = "".join(
            PLACES.get(piece, re.escape(piece)) for piece in re.split(r"(\{\w+\})", self.template)
        )
        found = re.fullmatch(pattern, path)
        return {name: unquote(value) for name, value in found.groupdict().items()} if found else None


class Catalog:
    """The models, their addresses, and who of them still answers at an instant."""

    def __init__(self, records: Sequence[Record], at: datetime) -> None:
        self.by_id = {
            known: record for record in records for known in (*record["aliases"], record["model_id"])
        }
        self.retired = {
            record["model_id"] for record in records if lifecycle_on(record, at.date()) == "retired"
        }
        self.served = [record for record in records if record["model_id"] not in self.retired]
        routes: dict[tuple[str, str], Route] = {}
        for record in records:
            for entry in record["endpoints"]:
                key = (entry["method"], entry["path"])
                made = Route(entry["method"], entry["path"], entry["protocol"], entry["action"])
                routes.setdefault(key, made).records.append(record)
        listing = Route("GET", "/v1/models", "models", None, self.served)
        self.routes = [*routes.values(), listing]

    def find(self, method: str, path: str) -> tuple[Route, dict[str, str]]:
        """Give the route of a request and what its placeholders hold, or refuse."""
        found = [(route, held) for route in self.routes if (held := route.match(path)) is not None]
        for route, held in found:
            if route.method == method:
                return route, held
        if found:
            raise RefusedError(
                405, "method_not_allowed", f"{path} answers {found[0][0].method}, not {method}"
            )
        raise RefusedError(404, "not_found", f"nothing answers at {path}")

    def model(self, model_id: str, route: Route) -> Record:
        """Give the record of a model that answers at this route, or refuse."""
        record = self.by_id.get(model_id) if isinstance(model_id, str) else None
        if record is None:
            raise RefusedError(422, "model_not_found", f"there is no model {model_id!r}")
        if record["model_id"] in self.retired:
            successor = record["replacement"]
            advice = f"; use {successor}" if successor else ""
            raise RefusedError(422, "model_retired", f"{record['model_id']} is retired{advice}")
        if not any(each is record for each in route.records):
            raise RefusedError(422, "model_not_here", f"{model_id} does not answer at {route.template}")
        return record
