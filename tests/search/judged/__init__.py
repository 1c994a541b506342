"""A small invented collection and searches whose right answer is known."""
