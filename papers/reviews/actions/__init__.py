"""Every write of reviews."""
