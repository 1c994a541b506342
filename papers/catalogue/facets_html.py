"""The markup of the facets beside a search, written in plain Python; every text is escaped."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

from papers.text.writing import escape

if TYPE_CHECKING:
    from papers.catalogue.queries.catalogue_page import Choice


def render_facet(title: str, options: Iterable[Choice]) -> SafeString:
    """One facet in the margin, as links with counts; nothing without options."""
    links = "".join(map(_render_choice, options))
    if not links:
        return SafeString()
    return mark_safe(  # noqa: S308 (every text is escaped)
        f'<section class="note"><h2 class="margin-head">{escape(title)}</h2>'
        f'<ul class="facet">{links}</ul></section>\n'
    )


def _render_choice(option: Choice) -> str:
    here = ' aria-current="true"' if option.is_on else ""
    return (
        f'<li><a href="{escape(option.url)}"{here}><bdi>{escape(option.name)}</bdi> '
        f'<span class="count">{escape(str(option.count))}</span></a></li>'
    )
