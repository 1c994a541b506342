"""The three-part mark, and the words of states and verdicts."""

from __future__ import annotations

from collections.abc import Iterable

from django import template
from django.utils.safestring import SafeString

from papers.models import CritiquePoint, Depth, Experiment, Verdict
from papers.rows.row_html import render_mark, say_parts, say_state

register = template.Library()
register.filter("state_word", say_state)
register.filter("parts_words", say_parts)


@register.simple_tag
def mark(parts: Iterable[str]) -> SafeString:
    """`{% mark review.parts %}`: which parts of a review exist."""
    return render_mark(parts)


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
