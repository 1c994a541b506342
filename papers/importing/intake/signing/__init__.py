"""Whose the reviews of a document are that name nobody."""
