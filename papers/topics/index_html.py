"""The markup of the index of topics beside every page.

It is part of every page: written in plain Python, with all that people wrote through `escape`.
A branch of the index that is shut is fetched when it is opened.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from papers.text import addresses
from papers.text.writing import escape

if TYPE_CHECKING:
    from papers.topics.queries.tree import TopicNode


def render_index(nodes: Iterable[TopicNode]) -> SafeString:
    """A tree of topics like the index of a book; branches fold."""
    return mark_safe(_render_nodes(nodes, ' hx-swap="beforeend"'))  # noqa: S308 (texts are escaped)


def _render_nodes(nodes: Iterable[TopicNode], swap: str = "") -> str:
    return f'<ul class="index"{swap}>{"".join(map(_render_node, nodes))}</ul>'


def _render_node(node: TopicNode) -> str:
    name = escape(node.name)
    branch = _render_branch(node, name) if node.children or node.is_branch else ""
    here = ' aria-current="page"' if node.is_current else ""
    return f'<li>{branch}<a href="{escape(node.url)}"{here}><bdi>{name}</bdi></a></li>\n'


def _render_branch(node: TopicNode, name: str) -> str:
    """Without JavaScript the topic's own page shows what is below it."""
    if node.children:
        how = " open" if node.is_open or node.is_current else ""
        below = _render_nodes(node.children)
    else:
        how = f' hx-get="{addresses.topic_branch(node.id)}" hx-trigger="toggle once"'
        below = f'<noscript><a href="{escape(node.url)}">{_("Open topic")}</a></noscript>'
    label = _("Subtopics of %(name)s") % {"name": name}
    return f'<details{how}><summary><span class="sr">{label}</span></summary>{below}</details>'
