"""Code that calls the protocols with their official SDKs."""
