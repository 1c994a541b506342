"""Pieces of pages that are rendered once for the same values.

A review, a row, the bar at the head of every page: what stands in them follows from a few plain
values and nothing else. The values themselves are the key, so a piece never goes stale and nothing
has to be told of a change; whoever may not see a text does not have it among her values.
"""

from __future__ import annotations

from collections.abc import Mapping
from secrets import token_hex
from typing import Any

from django.template import Context
from django.template.loader import get_template
from django.utils import timezone
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from papers.caching import cache_store

TOKEN = f"csrf-{token_hex(16)}"
"""Stands in a piece for the token of forms, which differs in every answer; nobody can guess it."""


def render_cached(name: str, values: Mapping[str, Any], csrf_token: object = "") -> SafeString:
    """The template with these values alone, rendered or from the cache.

    The template must look at nothing else: no request, no clock, no database. Days in words are
    given their day as a value; the time zone and the language are part of
    the key.
    """
    zone = timezone.get_current_timezone_name()
    key = cache_store.make_key(name, zone, get_language(), values)
    piece = cache_store.get_entry(key, str)
    if piece is None:
        context = Context({**values, "csrf_token": TOKEN})
        piece = get_template(name).template.render(context)  # type: ignore[attr-defined]
        cache_store.store_entry(key, piece)
    if TOKEN in piece:
        piece = piece.replace(TOKEN, str(csrf_token))
    return SafeString(piece)
