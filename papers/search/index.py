"""Keeps the search index true: called in the transaction that changes a row."""

from __future__ import annotations

from collections.abc import Iterable


def refresh(papers: Iterable[int]) -> None:
    """Index these papers anew."""
