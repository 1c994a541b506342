"""What a viewer is shown of a week: one screening, for a week that runs and for a closed issue.

What was deleted since an issue was closed is gone from it; what is closed to the viewer just now
is left out or shown without its words.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Case, Q, QuerySet, Value, When
from django.utils.translation import gettext as _

from papers import access
from papers.caching.prepared import prepared
from papers.digest.issue import AgendaLine, Digest, MeetingNews, NewReview, Part, Talk
from papers.models import Experiment, Lab, Review

MOST_EXPERIMENTS, MOST_TALKS = 12, 10
"""Items of a section at most; the rest is "and 40 more"."""


@dataclass(frozen=True, slots=True)
class Opened:
    """Keys of what may be shown: reviews with their words, reviews that may be known to exist,
    and experiments.
    """

    readable: frozenset[int]
    known: frozenset[int]
    experiments: frozenset[int]

    def has_talk(self, talk: Talk) -> bool:
        """Whether what was discussed may be read."""
        return (talk.review_id is None or talk.review_id in self.readable) and (
            talk.experiment_id is None or talk.experiment_id in self.experiments
        )


def screen(digest: Digest, viewer: access.Viewer, lab: Lab) -> Digest:
    """The week without what this viewer may not see, or what is gone by now; at most one query.

    Strangers of a lab that reads in public see papers and reviews only.
    """
    if not access.can_read(viewer, lab):
        return Digest(digest.week, digest.as_of, digest.is_current)
    screened = _leave(digest, _ask(digest, viewer, lab))
    if access.get_member(viewer):
        return screened
    return replace(
        screened, finished=Part(), started=Part(), talks=Part(), claims=Part(), met=(),
        next_meeting=None,
    )  # fmt: skip


def screen_fresh(digest: Digest, viewer: access.Viewer, lab: Lab) -> Digest:
    """The same for a week that was read just now; no query where nothing is closed to anybody."""
    if not access.is_all_open_to(viewer, lab):
        return screen(digest, viewer, lab)
    reviews = frozenset(_list_reviews(digest))
    return _leave(digest, Opened(reviews, reviews, frozenset(_list_experiments(digest))))


def screen_for_rooms(digest: Digest) -> Digest:
    """The week without what is gone since. Who reads a chat room is not known: which words may go
    there at all is for `chat.messages` to say.
    """
    reviews = Review.objects.current().filter(pk__in=_list_reviews(digest))
    experiments = Experiment.objects.current().filter(pk__in=_list_experiments(digest))
    there = frozenset(reviews.values_list("pk", flat=True))
    return _leave(digest, Opened(there, there, frozenset(experiments.values_list("pk", flat=True))))


def _ask(digest: Digest, viewer: access.Viewer, lab: Lab) -> Opened:
    reviews, experiments = sorted(_list_reviews(digest)), sorted(_list_experiments(digest))
    rows = _find_opened(viewer, lab, reviews, experiments) if reviews or experiments else []
    return Opened(
        readable=frozenset(pk for pk, kind in rows if kind == "readable"),
        known=frozenset(pk for pk, kind in rows if kind != "experiment"),
        experiments=frozenset(pk for pk, kind in rows if kind == "experiment"),
    )


@prepared
def _find_opened(
    viewer: access.Viewer, lab: Lab, reviews: int, experiments: int
) -> QuerySet[Any, Any]:
    """Key and kind of each of these that the viewer may see: readable, known, experiment."""
    known = access.reviews_known_to(viewer, lab).filter(pk__in=[reviews]).order_by()
    is_readable = access.is_review_readable(viewer, lab)
    seen = access.experiments_visible_to(viewer, lab).filter(pk__in=[experiments]).order_by()
    kind = Case(When(Q(is_readable=True), then=Value("readable")), default=Value("known"))
    found: QuerySet[Any, Any] = known.annotate(is_readable=is_readable, kind=kind)
    others: QuerySet[Any, Any] = seen.annotate(kind=Value("experiment"))
    return (
        found.values_list("pk", "kind").union(others.values_list("pk", "kind"), all=True).order_by()
    )


def _list_reviews(digest: Digest) -> set[int]:
    """Keys of all reviews that the week names."""
    return {one.id for one in digest.reviews.items} | {
        one.review_id for one in digest.talks.items if one.review_id
    }


def _list_experiments(digest: Digest) -> set[int]:
    """Keys of all experiments that the week names."""
    keys = {one.id for part in (digest.finished, digest.started) for one in part.items}
    keys |= {one.experiment_id for one in digest.talks.items if one.experiment_id}
    agendas = [*digest.met, *([digest.next_meeting] if digest.next_meeting else [])]
    return keys | {
        line.experiment_id for one in agendas for line in one.lines if line.experiment_id
    }


def _leave(digest: Digest, opened: Opened) -> Digest:
    """Only what is open, each section cut to its length."""
    return replace(
        digest,
        reviews=_screen_reviews(digest.reviews, opened),
        finished=_keep(digest.finished, lambda one: one.id in opened.experiments, MOST_EXPERIMENTS),
        started=_keep(digest.started, lambda one: one.id in opened.experiments, MOST_EXPERIMENTS),
        talks=_keep(digest.talks, opened.has_talk, MOST_TALKS),
        met=[_screen_meeting(one, opened) for one in digest.met],
        next_meeting=digest.next_meeting and _screen_meeting(digest.next_meeting, opened),
    )


def _keep[Item](part: Part[Item], is_open: Callable[[Item], bool], most: int) -> Part[Item]:
    """The first open ones; the number does not count those that are closed."""
    items = [one for one in part.items if is_open(one)]
    return Part(items[:most], part.total - (len(part.items) - len(items)))


def _screen_reviews(part: Part[NewReview], opened: Opened) -> Part[NewReview]:
    kept = _keep(part, lambda one: one.id in opened.known, len(part.items))
    items = [one if one.id in opened.readable else _close(one) for one in kept.items]
    return Part(items, kept.total)


def _close(review: NewReview) -> NewReview:
    return replace(review, takeaway="", verdict="", words=(), critique="", is_readable=False)


def _screen_meeting(meeting: MeetingNews, opened: Opened) -> MeetingNews:
    return replace(meeting, lines=_screen_lines(meeting.lines, opened))


def _screen_lines(lines: Sequence[AgendaLine], opened: Opened) -> list[AgendaLine]:
    return [
        line
        if line.experiment_id is None or line.experiment_id in opened.experiments
        else replace(line, title=_("An experiment"), url="")
        for line in lines
    ]
