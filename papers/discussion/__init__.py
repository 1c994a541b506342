"""Threads on papers, reviews and experiments."""
