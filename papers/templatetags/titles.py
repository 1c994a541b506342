"""Titles as pages show them; built into every template."""

from __future__ import annotations

from django import template

from papers.text.formulas import to_letters

register = template.Library()


@register.filter
def letters(title: object) -> str:
    """`{{ paper.title|letters }}`: formulas in plain letters."""
    return "" if title is None else to_letters(str(title))
