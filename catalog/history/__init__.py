"""Changes of the catalog, status, lifecycle dates, and other sources' claims."""
