"""The room of the skills: their pages, their files, and archives of them."""
