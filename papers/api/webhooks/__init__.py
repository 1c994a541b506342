"""Webhooks: programs elsewhere that are told of what happens, signed, in order and once."""
