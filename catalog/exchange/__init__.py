"""Catalogs as files: read into one neutral document, planned against the database, and written out again."""
