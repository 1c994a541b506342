"""Reads of topics."""
