"""The list of papers: search, facets, rows, and passages under them."""
