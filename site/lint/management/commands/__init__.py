"""Commands of the lint."""
