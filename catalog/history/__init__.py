"""Changes, status, lifecycle dates, and other sources' claims."""
