"""Words in the site's language, and checks of text from outside."""
