"""Lookups: what arXiv, Crossref and other services know of a paper, asked by the worker."""
