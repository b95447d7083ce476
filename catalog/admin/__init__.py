"""The admin: saves go through `catalog.publishing.publish`."""

from catalog.admin import (
    change_sets,
    claims,
    former_slugs,
    history,
    imports,
    prices,
    promises,
    providers,
    status,
    variants,
    webhooks,
)

__all__ = [
    "change_sets",
    "claims",
    "former_slugs",
    "history",
    "imports",
    "prices",
    "promises",
    "providers",
    "status",
    "variants",
    "webhooks",
]
