"""Writes of webhooks: endpoints, and the messages that go to them."""
