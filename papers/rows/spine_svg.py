"""The spine of a paper: three bars for each reviewer, as high as their sections are long.

Drawn as SVG without a style attribute: `part-...` classes give the colors. The words beside it say
the same to a screen reader and in a tooltip.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from math import sqrt

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from papers.text.sections import SECTIONS
from papers.text.writing import escape

type Words = tuple[int, ...]
"""The words of each section of one review, in the order of `SECTIONS`."""

type Spine = tuple[Words, ...]
"""The reviews of a paper, in the order in which they were published."""

HEIGHT = 16
"""Units of a full bar."""

LONGEST = 240
"""Words of a full bar; heights grow with the square root, so that short sections stay visible."""

GROUPS = 6
"""Reviewers that are drawn; the words count them all."""

BAR, GAP, STEP = 3, 1, 15
"""Width of a bar, space to the next, and from one reviewer to the next."""


def render_spine(spine: Spine) -> SafeString:
    """The drawing with its words; nothing for a paper without a review that one may read."""
    markup = _render(spine, get_language()) if spine else ""
    return mark_safe(markup)  # noqa: S308 (numbers and escaped words)


def say_spine(spine: Spine) -> str:
    """`2 reviews: summary 120 words, critique 80 words`."""
    totals = [sum(review[place] for review in spine) for place in range(len(SECTIONS))]
    parts = [
        ngettext("%(part)s %(n)s word", "%(part)s %(n)s words", total)
        % {"part": _(one.short).lower(), "n": f"{total:,}"}
        for one, total in zip(SECTIONS, totals, strict=True)
        if total
    ]
    reviews = ngettext("%(n)s review: %(parts)s", "%(n)s reviews: %(parts)s", len(spine))
    return reviews % {"n": len(spine), "parts": ", ".join(parts) or _("no sections")}


def get_height(words: int) -> int:
    """Units of a bar: 0 for nothing, at least 2 for anything, at most HEIGHT."""
    return max(2, round(HEIGHT * sqrt(min(words, LONGEST) / LONGEST))) if words else 0


@lru_cache(maxsize=1 << 12)
def _render(spine: Spine, language: str | None) -> str:
    drawn = spine[:GROUPS]
    paths = (_draw_section(place, drawn) for place in range(len(SECTIONS)))
    width = STEP * len(drawn) - (STEP - 3 * BAR - 2 * GAP)
    return (
        f'<span class="spine" role="img" title="{escape(say_spine(spine))}">'
        f'<svg viewBox="0 0 {width} {HEIGHT}" aria-hidden="true">{"".join(paths)}</svg></span>'
    )


def _draw_section(place: int, reviews: Sequence[Words]) -> str:
    """The bars of one section, one for each reviewer who wrote it."""
    bars = [
        f"M{number * STEP + place * (BAR + GAP)} {HEIGHT}h{BAR}v-{height}h-{BAR}z"
        for number, review in enumerate(reviews)
        if (height := get_height(review[place]))
    ]
    return f'<path class="part-{SECTIONS[place].word}" d="{"".join(bars)}"/>' if bars else ""
