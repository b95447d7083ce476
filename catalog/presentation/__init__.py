"""The catalog in sentences, Markdown, JSON and skills: the same for page, API and agent."""
