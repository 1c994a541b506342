"""Every write of imports."""
