"""Archives of the whole lab: made, fetched, and restored on an empty installation."""
