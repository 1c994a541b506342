"""Facets beside a search: their links and their markup, in plain Python; all texts are escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe

from papers.search.results import Count
from papers.text.writing import escape


@dataclass(frozen=True, slots=True)
class Choice:
    """A link that changes the search: narrows it, orders it, sizes its pages."""

    name: str
    url: str
    is_on: bool = False
    count: Count | None = None


@dataclass(frozen=True, slots=True)
class Narrowing:
    """A facet: its title and its links."""

    title: str
    options: list[Choice]

    @property
    def html(self) -> SafeString:
        """The facet as a section of the margin."""
        return render_facet(self.title, self.options)


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
