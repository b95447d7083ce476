"""The JSON API: the catalog for programs."""
