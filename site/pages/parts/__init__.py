"""Parts of pages, built from records as finished values for their templates."""
