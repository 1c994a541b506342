"""Structured reviews: drafts, publishing, versions."""
