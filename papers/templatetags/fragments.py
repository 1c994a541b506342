"""`{% cached_fragment "reviews/review.html" review=card %}`: an include of plain values, cached."""

from __future__ import annotations

from typing import Any

from django import template
from django.template import Context
from django.utils.safestring import SafeString

from papers.caching.fragments import render_cached

register = template.Library()


@register.simple_tag(takes_context=True)
def cached_fragment(context: Context, name: str, names: str = "", **values: Any) -> SafeString:
    """The template with these values alone: it sees nothing else of the page.

    `names` are those that are called there as they are called here, separated by blanks.
    """
    values = {one: context.get(one, "") for one in names.split()} | values
    return render_cached(name, values, context.get("csrf_token", ""))
