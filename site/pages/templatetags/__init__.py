"""Filters that templates of this room load."""
