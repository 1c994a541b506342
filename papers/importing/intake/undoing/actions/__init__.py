"""Writes that take an import, or one join of it, back."""
