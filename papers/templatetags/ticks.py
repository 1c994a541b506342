"""Words in backticks as code, in a sentence that is otherwise plain text."""

from __future__ import annotations

import re

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

register = template.Library()
_TICKED = re.compile(r"`([^`]+)`")


@register.filter
def ticked(text: str) -> SafeString:
    """``I do not know `aurthor:`.`` with the word set as code."""
    return mark_safe(_TICKED.sub(r"<code>\1</code>", escape(text)))  # noqa: S308
