"""What a form about something shared shows of the text it was made from."""

from __future__ import annotations

from django import template

from papers.writing.forms import sign

register = template.Library()


@register.filter
def seen_note(note: str) -> str:
    """What the form of a note brings back as `seen`."""
    return sign({"note": note})
