"""What to talk about: fills a meeting from reviews, votes, disagreement, turns and outcomes. Pure.

Every choice carries its reasons in words, so that an organiser can judge and change it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Literal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

PAPER, LONG_PAPER, EXPERIMENT = 20, 30, 10
"""Minutes of an item; a paper that divides its reviewers gets more."""

LEAST = {"paper": 10, "experiment": 5}
"""Minutes below which an item is not worth starting."""

OUTCOMES_SHARE = 3
"""Experiments take at most one part in three of the time."""

SCALE = {"skip": 0, "watch": 1, "try": 2, "adopt": 3}
APART = 2
"""Verdicts this far apart on the scale are a disagreement."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """What could be talked about; a question is on the agenda already and wants a presenter.

    Reviews and votes count since the paper was last discussed. `presenters` know it: reviewers,
    or the owner of an experiment; `claimants` are reading it.
    """

    kind: Literal["paper", "experiment", "question"]
    key: int
    votes: int = 0
    reviews: int = 0
    verdicts: tuple[str, ...] = ()
    presenters: tuple[int, ...] = ()
    waited_weeks: int = 0
    outcome: str = ""
    claimants: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Reason:
    """Why something is on the agenda; `kind` decides who may read it."""

    kind: Literal["votes", "reviews", "disagreement", "turn", "waiting", "outcome", "presenter"]
    text: str
    weight: int


@dataclass(frozen=True, slots=True)
class Choice:
    """One item for the agenda."""

    candidate: Candidate
    minutes: int
    reasons: tuple[Reason, ...]

    @property
    def score(self) -> int:
        """How much speaks for it."""
        return sum(reason.weight for reason in self.reasons)


def pack(
    candidates: Iterable[Candidate], minutes: int, due: Mapping[int, str] | None = None
) -> list[Choice]:
    """Fill so many minutes with what most speaks for; papers first, then outcomes.

    `due` names the members whose turn it is to present.
    """
    chosen: list[Choice] = []
    left, for_outcomes = minutes, minutes // OUTCOMES_SHARE
    for choice in rate(candidates, due or {}):
        kind = choice.candidate.kind
        room = min(left, for_outcomes) if kind == "experiment" else left
        if room < LEAST[kind]:
            continue
        fitting = Choice(choice.candidate, min(choice.minutes, room), choice.reasons)
        chosen.append(fitting)
        left -= fitting.minutes
        for_outcomes -= fitting.minutes if kind == "experiment" else 0
    return sorted(chosen, key=lambda choice: choice.candidate.kind == "experiment")


def rate(candidates: Iterable[Candidate], due: Mapping[int, str]) -> list[Choice]:
    """Everything that something speaks for, the strongest first."""
    choices = (Choice(one, _get_minutes(one), tuple(_list_reasons(one, due))) for one in candidates)
    ready = [c for c in choices if any(r.kind not in ("turn", "waiting") for r in c.reasons)]
    return sorted(ready, key=lambda c: (-c.score, c.candidate.kind, c.candidate.key))


def measure_disagreement(verdicts: Collection[str]) -> int:
    """How far verdicts are apart: 0 (one voice) to 3 (adopt against skip)."""
    places = [SCALE[verdict] for verdict in verdicts if verdict in SCALE]
    return max(places) - min(places) if places else 0


def _get_minutes(one: Candidate) -> int:
    if one.kind == "experiment":
        return EXPERIMENT
    return LONG_PAPER if measure_disagreement(one.verdicts) >= APART else PAPER


def _list_reasons(one: Candidate, due: Mapping[int, str]) -> Iterable[Reason]:
    if one.votes:
        word = ngettext("%(n)s vote", "%(n)s votes", one.votes) % {"n": one.votes}
        yield Reason("votes", word, 3 * one.votes)
    if one.reviews:
        word = ngettext("%(n)s new review", "%(n)s new reviews", one.reviews) % {"n": one.reviews}
        yield Reason("reviews", word, 2 * min(one.reviews, 3))
    apart = measure_disagreement(one.verdicts)
    if apart >= APART:
        count = len([verdict for verdict in one.verdicts if verdict in SCALE])
        word = ngettext("%(n)s reviewer disagrees", "%(n)s reviewers disagree", count)
        yield Reason("disagreement", word % {"n": count}, 2 * apart)
    if one.outcome:
        weight = 1 if one.outcome == "dropped" else 4
        yield Reason("outcome", _say_outcome(one.outcome), weight)
    next_up = next((due[member] for member in one.presenters if member in due), "")
    if next_up:
        yield Reason("turn", _("%(name)s knows it and is up next") % {"name": next_up}, 2)
    if one.waited_weeks >= 4:
        word = ngettext("waiting %(n)s week", "waiting %(n)s weeks", one.waited_weeks)
        yield Reason("waiting", word % {"n": one.waited_weeks}, min(one.waited_weeks, 12) // 4)


def _say_outcome(state: str) -> str:
    words = {
        "confirmed": _("experiment confirmed"),
        "refuted": _("experiment refuted"),
        "dropped": _("experiment dropped"),
    }
    return words.get(state, _("experiment inconclusive"))


def explain_presenter(one: Candidate, member: int, name: str) -> Reason:
    """Why this member presents it: they know it, or it is their turn."""
    if member in one.presenters:
        text = _say_knows(one.kind)
    elif member in one.claimants:
        is_one = one.kind == "question"
        text = _("%(name)s claimed one of its papers") if is_one else _("%(name)s claimed it")
    else:
        text = _("%(name)s is up next")
    return Reason("presenter", text % {"name": name}, 0)


def _say_knows(kind: str) -> str:
    if kind == "question":
        return _("%(name)s reviewed one of its papers")
    return _("%(name)s ran it") if kind == "experiment" else _("%(name)s reviewed it")


def say_reasons(reasons: Iterable[str]) -> str:
    """`3 votes, two reviewers disagree`."""
    return ", ".join(reasons)
