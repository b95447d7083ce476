"""Every write of the catalog, and prices from draft to undo."""
