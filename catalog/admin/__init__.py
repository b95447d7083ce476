"""The admin: one module per subject; every save goes through `catalog.publishing.publish`."""

from catalog.admin import (
    addresses,
    change_sets,
    claims,
    history,
    imports,
    prices,
    providers,
    status,
    variants,
    webhooks,
)

__all__ = [
    "addresses",
    "change_sets",
    "claims",
    "history",
    "imports",
    "prices",
    "providers",
    "status",
    "variants",
    "webhooks",
]
