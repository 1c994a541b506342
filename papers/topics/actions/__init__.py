"""Every write of topics and listings."""
