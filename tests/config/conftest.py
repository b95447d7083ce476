"""These tests still read the bundled catalog."""

from bundled_sites import live_site, new_database, own_database  # noqa: F401
