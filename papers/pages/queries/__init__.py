"""Reads of the pages on which several rooms meet."""
