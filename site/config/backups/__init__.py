"""Backups: a dated file that holds the whole database and all uploads, and the way back from it.

A backup is a zip file. `manifest.json` in it says of which database and instant it is, and holds a digest of
each table, so that a restored database is compared row for row. `sqlite` and `postgres` know their database,
`archive` knows the file, `write` and `restore` put them together.
"""
