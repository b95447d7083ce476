"""The catalog as tools for agents (MCP), read-only and stateless."""
