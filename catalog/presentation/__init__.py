"""The catalog in sentences, Markdown, JSON and skills."""
