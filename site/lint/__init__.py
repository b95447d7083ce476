"""The lint of the catalog: records, pages, and whether they agree."""
