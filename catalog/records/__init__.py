"""The shape of a model's stored record, and what is true of it at an instant."""
