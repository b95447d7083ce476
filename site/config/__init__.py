"""Composes the rooms into one site."""
