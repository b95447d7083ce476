"""Backups: one zip file with the database, the uploads and a digest of each table."""
