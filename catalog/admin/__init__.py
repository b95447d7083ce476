"""The admin: one module per subject; every save goes through `catalog.changes`."""

from catalog.admin import addresses, history, prices, providers, status, variants

__all__ = ["addresses", "history", "prices", "providers", "status", "variants"]
