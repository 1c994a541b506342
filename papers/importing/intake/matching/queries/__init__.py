"""Reads that match drafts with the library."""
