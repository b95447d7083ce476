"""Sentences chosen by facts: one module for each subject."""
