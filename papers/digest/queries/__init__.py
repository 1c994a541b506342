"""Reads of the digest."""
