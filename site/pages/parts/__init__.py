"""What each section of a model's page shows, built from records as finished values."""
