"""Sentences chosen by facts."""
