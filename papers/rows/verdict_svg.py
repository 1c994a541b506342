"""Verdicts, drawn: how far reviewers agree, and how a discussion changed minds.

Verdicts have no color: adopt is filled, skip is empty, the others lie between. The words beside
each drawing say the same.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.models import Verdict
from papers.text.writing import escape

SCALE = ("skip", "watch", "try", "adopt")
"""From no to yes, as the arrow of changed minds goes."""

STEP, SIDE, LINE, HEAD = 72, 32, 14, 20
"""Space between two verdicts, beside the outer ones, of a line, and of the words above."""

THICKEST = 5
"""Width of an arrow that stands for so many members, or more."""


@dataclass(frozen=True, slots=True)
class Move:
    """So many members went from one verdict to another, or stayed."""

    before: str
    after: str
    number: int = 1

    @property
    def words(self) -> str:
        """`2 from watch to adopt`, or `1 stayed with try`."""
        names = {"before": say_verdict(self.before), "after": say_verdict(self.after)}
        if self.before == self.after:
            text = ngettext("%(n)s stayed at %(before)s", "%(n)s stayed at %(before)s", self.number)
        else:
            text = ngettext(
                "%(n)s from %(before)s to %(after)s",
                "%(n)s from %(before)s to %(after)s",
                self.number,
            )
        return text % {"n": self.number, **names}


def say_verdict(verdict: str) -> str:
    """The verdict in the language of the page, in small letters."""
    return str(Verdict(verdict).label).lower()


def render_agreement(verdicts: Iterable[str]) -> SafeString:
    """One bar, a part for each verdict, from adopt to skip; nothing for fewer than two."""
    counts = Counter(verdict for verdict in verdicts if verdict in SCALE)
    if counts.total() < 2:
        return SafeString()
    parts, words, start = [], [], 0
    for verdict in reversed(SCALE):
        if number := counts[verdict]:
            x, width = 100 * start / counts.total(), 100 * number / counts.total()
            parts.append(
                f'<rect class="agree-{verdict}" x="{x + 0.5:.4g}" y=".5" '
                f'width="{width - 1:.4g}" height="7"/>'
            )
            words.append(f"{number} {say_verdict(verdict)}")
            start += number
    return mark_safe(  # noqa: S308 (numbers and escaped words)
        f'<span class="agreement"><svg viewBox="0 0 100 8" aria-hidden="true">{"".join(parts)}'
        f"</svg> {escape(', '.join(words))}</span>"
    )


def render_moves(moves: Sequence[Move]) -> SafeString:
    """Arrows from what members said before to what they said after; a dot for who stayed."""
    known = [one for one in moves if {one.before, one.after} <= set(SCALE)]
    if not known:
        return SafeString()
    words = _("Verdicts before and after: %(moves)s") % {
        "moves": ", ".join(one.words for one in known)
    }
    labels = "".join(
        f'<text x="{_place(verdict)}" y="13">{escape(say_verdict(verdict))}</text>'
        for verdict in SCALE
    )
    lines = "".join(_draw_move(one, HEAD + LINE * row + 6) for row, one in enumerate(known))
    width, height = _place(SCALE[-1]) + SIDE, HEAD + LINE * len(known)
    return mark_safe(  # noqa: S308 (numbers and escaped words)
        f'<span class="moves" role="img" title="{escape(words)}">'
        f'<svg viewBox="0 0 {width} {height}" width="{width}" height="{height}" '
        f'aria-hidden="true">{labels}{lines}</svg></span>'
    )


def _place(verdict: str) -> int:
    return SIDE + STEP * SCALE.index(verdict)


def _draw_move(move: Move, y: int) -> str:
    start, end = _place(move.before), _place(move.after)
    width = min(move.number, THICKEST)
    if start == end:
        return f'<circle cx="{start}" cy="{y}" r="{2 + width}"/>'
    way = 1 if end > start else -1
    return (
        f'<circle class="began" cx="{start}" cy="{y}" r="3"/>'
        f'<path stroke-width="{width}" d="M{start + 5 * way} {y}H{end - 7 * way}"/>'
        f'<path class="tip" d="M{end} {y}l{-9 * way} -5v10z"/>'
    )
