"""`{{ nodes|topic_index }}`: topics as an index that folds."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from papers.catalogue.tree import TopicNode
from papers.catalogue.tree_html import render_index

register = template.Library()


@register.filter
def topic_index(nodes: Iterable[TopicNode]) -> SafeString:
    """The tree as nested lists."""
    return render_index(nodes)
