"""Every write of the catalog: one transaction, one revision, its audit; prices from draft to undo."""
