"""Django's PostgreSQL backend, for processes that never wait without end."""
