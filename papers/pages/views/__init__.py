"""Pages on which several rooms meet."""
