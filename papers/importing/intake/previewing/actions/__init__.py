"""Writes of a preview: what was understood, and what its reader chose."""
