"""Writes of archives: the files, and the rows that they are restored to."""
