"""What changed and when, how a service is doing, and what other sources say."""
