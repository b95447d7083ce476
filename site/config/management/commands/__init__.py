"""Commands about running the site as a whole."""
