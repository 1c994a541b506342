"""Reads of a preview."""
