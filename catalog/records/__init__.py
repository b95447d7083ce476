"""A model's stored record, and its state at an instant."""
