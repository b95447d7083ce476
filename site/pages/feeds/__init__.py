"""Feeds and calendars of changes and lifecycle dates."""
