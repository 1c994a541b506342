"""Requests about imports: whole documents, and their entries."""
