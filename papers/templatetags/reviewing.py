"""Template words of the review pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField, Form
from django.utils.translation import gettext

from papers.reviews.cards import ReviewCard
from papers.text.sections import Section

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
def heading(section: Section) -> str:
    """The section's heading in the language of the page."""
    return gettext(section.label)


@register.filter
def html_of(card: ReviewCard, section: Section) -> str:
    """The rendered text of one section of a review."""
    return next(part.html for part in card.parts if part.section == section)
