"""Every write of a running meeting."""
