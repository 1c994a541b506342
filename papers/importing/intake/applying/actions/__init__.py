"""Writes of an import into the tables."""
