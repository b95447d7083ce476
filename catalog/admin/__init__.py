"""The admin: one module per subject; every save goes through `catalog.changes`."""

from catalog.admin import history, prices, providers, status, variants

__all__ = ["history", "prices", "providers", "status", "variants"]
