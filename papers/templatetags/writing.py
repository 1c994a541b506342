"""Texts in pages: what a form brings back of the one it was made from, and which ones fold."""

from __future__ import annotations

from django import template

from papers.text.one_line import measure
from papers.writing.forms import sign

register = template.Library()

SIX_LINES = 500
"""Letters that fill six lines of the reading column; a few more are not worth a fold."""


@register.filter
def is_long(text: str) -> bool:
    """Whether a text fills more than six lines."""
    return measure(text) > SIX_LINES


@register.filter
def seen_note(note: str) -> str:
    """What the form of a note brings back as `seen`."""
    return sign({"note": note})
