"""Merging two topics, deleting an empty one, and addresses that topics had before."""
