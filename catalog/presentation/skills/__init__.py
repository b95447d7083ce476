"""Agent Skills, written from the records: one per family, and one for the catalog itself."""
