"""Template words of the review pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField, Form

register = template.Library()


@register.filter
def field(form: Form, name: str) -> BoundField:
    """The field of this name."""
    return form[name]


@register.filter
def item(mapping: Mapping[str, Any], key: str) -> Any:
    """The value under this key, or nothing."""
    return mapping.get(key)


@register.filter
def section(card: object, css: str) -> str:
    """The rendered text of one section of a review card."""
    html: str = getattr(card, f"{css}_html")
    return html
