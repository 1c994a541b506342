"""Reads: which papers may be one work, what a merge would move, and what left the library."""
