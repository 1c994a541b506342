"""What a field of a form says of itself."""

from __future__ import annotations

from django import template
from django.forms import BoundField

register = template.Library()


@register.filter
def is_marked(field: BoundField) -> bool:
    """Required, in a form where something else is not: there it is said."""
    others = field.form.visible_fields()
    return field.field.required and any(not one.field.required for one in others)
