"""Bringing lists: one pure parse() per source, one intake for all."""
