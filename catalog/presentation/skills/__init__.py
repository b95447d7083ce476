"""Agent Skills: one per family, and the catalog's."""
