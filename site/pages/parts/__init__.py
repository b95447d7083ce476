"""Parts of pages, as finished values for their templates."""
