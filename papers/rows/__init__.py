"""Rows of papers, as every list shows them."""
