"""Papers, topics, listings, duplicates."""
