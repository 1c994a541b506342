"""A pasted text that names one paper: identifier, address, entry, citation or title."""
