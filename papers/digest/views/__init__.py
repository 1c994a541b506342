"""Pages of the digest."""
