"""Bringing documents in: reading them, and what becomes of what they say."""
