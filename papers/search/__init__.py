"""The search language, the index and what it finds."""
