"""Every write of the curators' desk."""
