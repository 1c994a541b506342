"""Reads of the list of papers."""
