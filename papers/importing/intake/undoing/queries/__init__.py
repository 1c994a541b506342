"""Reads of what an import made and joined."""
