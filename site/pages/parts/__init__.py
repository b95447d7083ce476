"""The sections of a model page, built from records as finished values."""
