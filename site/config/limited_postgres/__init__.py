"""Django's backend for PostgreSQL, for processes that answer visitors: they never wait without end."""
