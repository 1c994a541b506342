"""Words for the pages of duplicates and merges."""

from __future__ import annotations

from django import template

from papers.models import Paper
from papers.records.queries.duplicates import line_of

register = template.Library()


@register.filter
def paper_line(paper: Paper) -> str:
    """Authors, venue and year on one line."""
    return line_of(paper)
