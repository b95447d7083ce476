"""Agent Skills, written from the records: one for each family, and one for the catalog itself."""
