"""Aliases that another catalog states, against each other and those on record."""

from collections.abc import Collection, Mapping

from catalog.exchange.document import ModelEntry
from catalog.exchange.known_rows import KnownRows, group_rows
from catalog.exchange.plan_lines import Plan
from catalog.exchange.reader_base import Refused
from catalog.models import Variant


def gather_aliases(first: ModelEntry, again: ModelEntry) -> None:
    """Add to a model the aliases of a row that lists it again."""
    names = first.groups.get("aliases", [])
    new = [row for row in again.groups.get("aliases", ()) if row not in names]
    if new:
        first.groups["aliases"] = [*names, *new]


def set_aside_aliases(
    models: Mapping[str, ModelEntry], known: KnownRows, ids: Collection[str]
) -> list[Refused]:
    """Take away the aliases that name another model already; return why."""
    refused: list[Refused] = []
    owners = dict(known.aliases)
    for model in models.values():
        rows = model.groups.pop("aliases", [])
        named_here = []
        for row in rows:
            alias = row["alias_id"]
            other = alias if alias in ids else owners.setdefault(alias, model.model_id)
            if other == model.model_id:
                named_here.append(row)
                continue
            reason = f"is an alias of {model.model_id} there, and names {other} here"
            refused.append(Refused(alias, model.place, reason))
        if named_here:
            model.groups["aliases"] = named_here
    return refused


def plan_aliases(load_plan: Plan, variant: Variant, entry: ModelEntry) -> None:
    """Plan the aliases that another catalog adds to a model on record."""
    known = group_rows(variant, "aliases")
    new = [row for row in entry.groups.get("aliases", ()) if row not in known]
    if new and "aliases" in variant.admin_fields and not load_plan.force:
        load_plan.add("conflict", entry.model_id, "aliases: set in the admin, left alone", entry.place)
    elif new:
        load_plan.groups.append((variant, "aliases", [*known, *new]))
        names = ", ".join(row["alias_id"] for row in new)
        load_plan.add("change", entry.model_id, f"aliases: {names} added", entry.place)
