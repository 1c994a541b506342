"""Reads of the catalogue: the page of results, and what the forms start from."""

from __future__ import annotations
