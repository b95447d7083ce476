"""What is about the data of the bundled catalog: here alone it is in the database and on the live site."""

from bundled_sites import live_site, new_database, own_database  # noqa: F401
