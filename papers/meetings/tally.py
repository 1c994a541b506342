"""What a group made of a paper before its discussion and after. Pure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from django.utils.safestring import SafeString
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.rows.verdict_svg import Move, render_moves

ORDER = ("adopt", "try", "watch", "skip")


@dataclass(frozen=True, slots=True)
class Cast:
    """One member's verdict in one phase."""

    member: int
    phase: str
    verdict: str


@dataclass(frozen=True, slots=True)
class Tally:
    """Verdicts of one item: how many of each, in the order of the scale."""

    before: tuple[tuple[str, int], ...] = ()
    after: tuple[tuple[str, int], ...] = ()
    both: int = 0
    changed: int = 0
    moves: tuple[Move, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.before or self.after)

    @property
    def moves_html(self) -> SafeString:
        """Arrows from before to after; nothing while nobody changed their mind."""
        return render_moves(self.moves) if self.changed else SafeString()

    @property
    def sentence(self) -> str:
        """`4 of 6 changed their mind`; nothing when nobody gave both."""
        if not self.both:
            return ""
        if not self.changed:
            if self.both > 1:
                return _("no one changed their mind")
            return _("the only voter didn't change")
        text = ngettext(
            "%(n)s of %(total)s changed their mind",
            "%(n)s of %(total)s changed their minds",
            self.both,
        )
        return text % {"n": self.changed, "total": self.both}


def tally(casts: Iterable[Cast]) -> Tally:
    """Count verdicts; those who changed their mind gave two that differ."""
    kept = list(casts)
    before = {cast.member: cast.verdict for cast in kept if cast.phase == "before"}
    after = {cast.member: cast.verdict for cast in kept if cast.phase == "after"}
    both = before.keys() & after.keys()
    return Tally(
        before=_count(before.values()),
        after=_count(after.values()),
        both=len(both),
        changed=sum(before[member] != after[member] for member in both),
        moves=_count_moves((before[member], after[member]) for member in both),
    )


def _count_moves(pairs: Iterable[tuple[str, str]]) -> tuple[Move, ...]:
    """Changes first, the largest at the top."""
    counts = Counter(pairs)
    moves = [Move(one, other, number) for (one, other), number in counts.items()]
    return tuple(sorted(moves, key=lambda m: (m.before == m.after, -m.number, m.before, m.after)))


def _count(verdicts: Iterable[str]) -> tuple[tuple[str, int], ...]:
    counts = Counter(verdicts)
    return tuple((verdict, counts[verdict]) for verdict in ORDER if counts[verdict])
