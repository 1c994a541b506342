"""Follow-up experiments and their outcomes."""
