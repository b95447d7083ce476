"""Feeds and calendars: changes and lifecycle dates to subscribe to."""
