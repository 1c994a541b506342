"""Every write of claims."""
