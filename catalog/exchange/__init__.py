"""Catalogs as files: read, planned against the database, and written."""
