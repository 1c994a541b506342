"""Every write of fetches."""
