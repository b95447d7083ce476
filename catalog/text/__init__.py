"""Words in the site's language, and what text from outside may hold."""
