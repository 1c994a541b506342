"""The spine of a paper, and the words of states and verdicts."""

from __future__ import annotations

from collections.abc import Sequence

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from papers.models import CritiquePoint, Depth, Experiment, Verdict
from papers.rows.row_html import say_parts, say_state
from papers.rows.spine_svg import Spine, get_height, render_spine
from papers.text.sections import SECTIONS
from papers.text.series import get_series

MAIL_COLORS = ("#2c6ab3", "#bb7a0b", "#34804a")
"""Summary, critique and follow-up as in tokens.css: an email has no stylesheet."""

register = template.Library()
register.filter("state_word", say_state)
register.filter("parts_words", say_parts)
register.filter("series", get_series)


@register.simple_tag
def spine(spine: Spine) -> SafeString:
    """`{% spine row.spine %}`: three bars for each reviewer, by the words of the sections."""
    return render_spine(spine)


@register.filter
def mail_spine(words: Sequence[int]) -> list[tuple[str, int, str]]:
    """Words, width in pixels and color of each section, for the spine of a review in an email."""
    sections = zip(SECTIONS, words, MAIL_COLORS, strict=False)
    return [
        (f"{_(one.short)} {number}", 4 * get_height(number), color)
        for one, number, color in sections
        if number
    ]


@register.filter
def depth_word(depth: str) -> str:
    """`worked through` in the language of the page."""
    return str(Depth(depth).label).lower() if depth in Depth.values else depth


@register.filter
def experiment_word(state: str) -> str:
    """`refuted` in the language of the page."""
    states = Experiment.State
    return str(states(state).label).lower() if state in states.values else state


@register.filter
def point_word(state: str) -> str:
    """`answered`, of a point of a critique, in the language of the page."""
    states = CritiquePoint.State
    return str(states(state).label).lower() if state in states.values else state


@register.filter
def verdict_word(verdict: str) -> str:
    """`adopt` in the language of the page; what is no verdict stays as it is."""
    return str(Verdict(verdict).label).lower() if verdict in Verdict.values else verdict
