"""Pages of the curators' desk."""
