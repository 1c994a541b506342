"""Webhooks, with a receiver on this machine."""
