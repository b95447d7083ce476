"""Skills: their pages, files and archives."""
