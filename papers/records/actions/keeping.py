"""Taking a paper out of the library, for a while or for good: archiving and deleting."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from papers.events import record
from papers.journal import Journal, check_constraints
from papers.models import Event, Member, Paper, Removal, SearchDoc
from papers.records.joining.patience import lock_papers, run_patiently
from papers.search.index.actions import forget_words, refresh


class NoReason(Exception):
    """A paper is deleted for a reason, which the log keeps."""

    def __init__(self) -> None:
        super().__init__(_("Say why the paper is deleted."))


class AlreadyDeleted(Exception):
    """The paper is gone: somebody deleted or merged it just now."""

    def __init__(self) -> None:
        super().__init__(_("This paper has already been deleted or merged."))


def delete_paper(*, paper: Paper, reason: str, by: Member, at: datetime) -> Removal:
    """Delete a paper with everything about it; it can be brought back for 30 days.

    Deleting twice is deleting once. Raises NoReason, AlreadyDeleted or Busy.
    """
    if not reason.strip():
        raise NoReason
    return run_patiently(lambda: _delete(paper.pk, reason.strip(), by, at))


def _delete(pk: int, reason: str, by: Member, at: datetime) -> Removal:
    paper = lock_papers([pk]).get(pk)
    kind = Removal.Kind.PAPER_DELETED
    if paper is None:
        done = Removal.objects.current().filter(kind=kind, gone=pk).first()
        if done is None:
            raise AlreadyDeleted
        return done
    forget_words(pk)
    journal = Journal()
    removal = Removal(kind=kind, gone=pk, name=paper.title, reason=reason, by=by, at=at)
    journal.remove_tree(paper)
    check_constraints()
    removal.journal = journal.entries
    removal.save()
    record(Event.Kind.PAPER_DELETED, by=by, at=at, data={"removal": removal.pk, "reason": reason})
    return removal


def archive_paper(*, paper: Paper, by: Member, at: datetime) -> Paper:
    """Leave a paper out of lists, search and the queue; its page stays. Twice is once."""
    with transaction.atomic():
        forget_words(paper.pk)
        if Paper.objects.unarchived().filter(pk=paper.pk).update(archived_at=at):
            record(Event.Kind.PAPER_ARCHIVED, paper, by=by, at=at)
            SearchDoc.objects.filter(paper=paper).delete()
    return Paper.objects.get(pk=paper.pk)


def unarchive_paper(*, paper: Paper, by: Member, at: datetime) -> Paper:
    """Bring an archived paper back into the lists. Twice is once."""
    with transaction.atomic():
        archived = Paper.objects.filter(pk=paper.pk, archived_at__isnull=False)
        if archived.update(archived_at=None):
            record(Event.Kind.PAPER_UNARCHIVED, paper, by=by, at=at)
            refresh([paper.pk])
    return Paper.objects.get(pk=paper.pk)
