"""Undoing a merge or a deletion: every row as it was, and what came since where it belongs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import IntegrityError
from django.db.models import F, OuterRef, Q, Subquery
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from papers.events import record
from papers.journal import Reversal
from papers.models import (
    Comment,
    Event,
    Experiment,
    Listing,
    Member,
    Paper,
    Removal,
    Review,
    ReviewDraft,
    SearchDoc,
    Topic,
)
from papers.models.removal import UNDO_DAYS
from papers.records.joining.patience import lock_papers, run_patiently
from papers.search.index.actions import refresh, refresh_soon
from papers.topics.actions.nodes import lock_tree, rebuild_paths

Kind = Removal.Kind


class UndoRefused(Exception):
    """It cannot be undone; the text says why."""


@dataclass(frozen=True, slots=True)
class Undone:
    """What was brought back. `left` are rows whose place was taken since, `changed` columns that
    somebody changed since.
    """

    removal: Removal
    left: int = 0
    changed: int = 0

    def say_left(self) -> str:
        """How much of it stays as it is now; nothing when all is as it was."""
        number = self.left + self.changed
        sentence = ngettext(
            "%(n)s detail was changed since and stays as it is now.",
            "%(n)s details were changed since and stay as they are now.",
            number,
        )
        return sentence % {"n": number} if number else ""


def undo_removal(*, removal: Removal, by: Member, at: datetime) -> Undone:
    """Bring a merged or deleted paper or topic back as it was; twice is once.

    Raises UndoRefused or Busy.
    """
    try:
        return run_patiently(lambda: _undo(removal.pk, by, at))
    except IntegrityError as error:
        sentence = _("Something it belongs to no longer exists, so it can't be restored as it was.")
        raise UndoRefused(sentence) from error


def forget_journals(*, at: datetime) -> int:
    """Empty the journals of what became final; how many."""
    over = Removal.objects.filter(at__lt=at - timedelta(days=UNDO_DAYS)).exclude(journal=[])
    return over.update(journal=[])


def _undo(pk: int, by: Member, at: datetime) -> Undone:
    removal = Removal.objects.select_for_update().get(pk=pk)
    if removal.undone_at:
        return Undone(removal)
    _refuse(removal, at)
    lock_papers([removal.paper_id] if removal.paper_id else [])
    if not removal.is_paper:
        lock_tree()
    reversal = Reversal()
    reversal.run(removal.journal)
    if removal.kind == Kind.PAPER_MERGED:
        _follow(removal)
    elif not removal.is_paper:
        rebuild_paths()
    removal.undone_at, removal.undone_by, removal.journal = at, by, []
    removal.save(update_fields=["undone_at", "undone_by", "journal"])
    _announce(removal, by, at)
    return Undone(removal, len(reversal.refused), reversal.kept)


def _refuse(removal: Removal, at: datetime) -> None:
    if not removal.journal:  # archives leave it out, so a lab that was restored has none
        raise UndoRefused(_("This was removed before the lab was restored from an archive."))
    if not removal.can_be_undone(at):
        raise UndoRefused(_("This can be undone for %(n)s days only.") % {"n": UNDO_DAYS})
    now = removal.paper_id if removal.is_paper else removal.topic_id
    if removal.into != now:
        raise UndoRefused(
            _("What it was merged into has itself been merged or deleted since. Undo that first.")
        )


def _announce(removal: Removal, by: Member, at: datetime) -> None:
    data: dict[str, Any] = {"removal": removal.pk}
    if removal.is_paper:
        paper = Paper.objects.get(pk=removal.gone)
        both = [key for key in (removal.gone, removal.into) if key]
        told = Review.objects.current().filter(paper__in=both).values_list("member", flat=True)
        data |= {"reviewers": sorted(set(told))} if removal.into else {}
        record(Event.Kind.PAPER_RESTORED, paper, by=by, at=at, data=data)
        refresh(both)
        SearchDoc.objects.filter(paper__in=both, paper__archived_at__isnull=False).delete()
        return
    topic = Topic.objects.get(pk=removal.gone)
    record(Event.Kind.TOPIC_RESTORED, topic, by=by, at=at, data=data)
    paths = Topic.objects.filter(pk__in=[removal.gone, removal.into]).values_list("path", flat=True)
    below = Q()
    for path in paths:
        below |= Q(topic__path=path) | Q(topic__path__startswith=f"{path}/")
    refresh_soon(Listing.objects.filter(below).values_list("paper", flat=True).distinct())


def _follow(removal: Removal) -> None:
    """What was added since to a row that went back goes back with it."""
    kept, gone = removal.into, removal.gone
    answers = Comment.objects.filter(paper=kept, parent__paper=gone)
    answers.update(paper=gone)
    Experiment.objects.filter(paper=kept, review__paper=gone).update(paper=gone)
    about = Q(review__paper=gone) | Q(experiment__paper=gone) | Q(comment__paper=gone)
    events = Event.objects.filter(about, paper=kept).values("pk")
    Event.objects.filter(pk__in=list(events.values_list("pk", flat=True))).update(paper=gone)
    _follow_drafts(kept, gone)


def _follow_drafts(kept: int | None, gone: int) -> None:
    """The draft of a change to a review stands with the review."""
    mine = Review.objects.current().main().filter(member=OuterRef("member"))
    went = mine.filter(paper=gone).values("number")
    drafts = ReviewDraft.objects.current().filter(paper=kept, base_number__gt=0)
    free = drafts.exclude(
        member__in=ReviewDraft.objects.current().filter(paper=gone).values("member")
    )
    lost = free.annotate(number=Subquery(went), here=Subquery(mine.filter(paper=kept).values("pk")))
    for draft in lost.filter(number=F("base_number"), here=None):
        draft.paper_id = gone
        draft.save(update_fields=["paper"])
