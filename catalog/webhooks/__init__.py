"""Webhooks: addresses are checked, messages signed, sent and retried."""
