"""The catalog as tools for agents, by the Model Context Protocol: read-only, stateless, beside the pages."""
