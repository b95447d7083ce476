"""Meters, units, conditions, and what a usage costs: pure arithmetic."""
