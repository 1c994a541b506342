"""Join links on the curator's desk."""
