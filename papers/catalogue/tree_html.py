"""The markup of the index of topics beside every page, and of the facets beside a search.

Hundreds of short links on every page: written in plain Python, with all that people wrote
through `escape`.
"""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe

if TYPE_CHECKING:
    from papers.catalogue.queries import Choice
    from papers.catalogue.tree import TopicNode


def render_index(nodes: Iterable[TopicNode]) -> SafeString:
    """A tree of topics like the index of a book; branches fold."""
    return mark_safe(_render_nodes(nodes))  # noqa: S308 (every text is escaped)


def _render_nodes(nodes: Iterable[TopicNode]) -> str:
    return f'<ul class="index">{"".join(map(_render_node, nodes))}</ul>'


def _render_node(node: TopicNode) -> str:
    name, branch, count = escape(node.name), "", ""
    if node.children:
        is_open = " open" if node.is_open or node.is_current else ""
        branch = (
            f'<details{is_open}><summary><span class="sr">Sub-topics of {name}</span></summary>'
            f"{_render_nodes(node.children)}</details>"
        )
    if node.papers:
        word = "paper" if node.papers == 1 else "papers"
        count = f' <span class="count">{node.papers}<span class="sr"> {word}</span></span>'
    here = ' aria-current="page"' if node.is_current else ""
    return (
        f'<li>{branch}<a href="{escape(node.url)}"{here}><span dir="auto">{name}</span>'
        f"{count}</a></li>\n"
    )


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
        f'<li><a href="{escape(option.url)}"{here}><span dir="auto">{escape(option.name)}</span> '
        f'<span class="count">{escape(str(option.count))}</span></a></li>'
    )
