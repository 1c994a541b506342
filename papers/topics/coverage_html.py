"""How far a topic is read, in three figures: plain Python, since the tree has hundreds."""

from __future__ import annotations

from urllib.parse import quote

from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.text.writing import escape


def render_coverage(name: str, query: str, papers: int, reviewed: int, opened: int) -> SafeString:
    """Papers, reviewed ones, and open ones with the way to them (`query`).

    The words of the figures are seen where there is no head above.
    """
    figures = (
        ngettext(
            '%(n)s<span class="unit"> paper</span>',
            '%(n)s<span class="unit"> papers</span>',
            papers,
        )
        % {"n": papers},
        _('%(n)s<span class="unit"> reviewed</span>') % {"n": reviewed},
        _render_open(name, query, opened),
    )
    spans = (f'<span class="num">{one}</span>\n' for one in figures)
    return mark_safe("".join(spans))  # noqa: S308 (numbers and escaped texts)


def _render_open(name: str, query: str, opened: int) -> str:
    if not opened:
        said = _('%(n)s<span class="unit"> open</span>') % {"n": 0}
        return f'<span class="quiet">{said}</span>'
    said = _('%(n)s<span class="unit"> open</span><span class="sr"> in %(topic)s</span>')
    url = f"{reverse('paper-list')}?q={quote(query)}"
    return f'<a href="{url}">{said % {"n": opened, "topic": escape(name)}}</a>'
