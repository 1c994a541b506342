"""Writes: merging, deleting and archiving papers, and bringing them back."""
