"""A synthetic lab of any size, for measuring: the same numbers give the same lab."""
