"""Every write of the digest."""
