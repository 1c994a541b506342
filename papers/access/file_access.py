"""Files: who may read a picture (whoever may read a text that shows it), who a paper's PDF.

A text opens a picture only if the member who uploaded it wrote the text, or has a part in it:
otherwise whoever remembers an old address could name it in a text of their own and see the picture
again. In topics, minutes and the digest, which several people write and no member is kept from, it
must have been uploaded for one of these.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Exists, F, OuterRef, Q, QuerySet, TextField
from django.db.models.functions import Cast

from papers.access.meeting_access import meetings_visible_to
from papers.access.member_access import drafts_of
from papers.access.paper_access import papers_editable_by, papers_visible_to, topics_visible_to
from papers.access.review_access import (
    comments_visible_to,
    experiments_visible_to,
    reviews_visible_to,
)
from papers.access.viewers import (
    Viewer,
    can_add_papers,
    can_comment,
    can_read,
    get_member,
)
from papers.models import (
    AgendaItem,
    Comment,
    DigestIssue,
    Experiment,
    File,
    Handover,
    Lab,
    Meeting,
    Review,
    Topic,
)
from papers.models.comment import FILE_TEXTS as OF_COMMENTS
from papers.models.experiment import FILE_TEXTS as OF_EXPERIMENTS
from papers.models.file import FileQuerySet, names_file
from papers.text.sections import TEXT_KEYS

type Texts = tuple[QuerySet[Any], Sequence[str], str]
"""Rows, those of their columns that may show pictures, and what these must be meant for (or "")."""

_BY, _KEY = OuterRef("by"), OuterRef("key")


def files_visible_to(viewer: Viewer, lab: Lab) -> FileQuerySet:
    """Pictures of the texts that this viewer may read, one's own that no text shows yet, and for
    members the files of papers.
    """
    if not can_read(viewer, lab):
        return File.objects.none()
    shown = _are_named(_list_readable(viewer, lab))
    rows: FileQuerySet = File.objects.all()
    member = get_member(viewer)
    if member is None:
        return rows.pictures().filter(shown)
    of_papers = Q(paper__in=papers_visible_to(member, lab), deleted_at__isnull=True)
    fresh = Q(by=member) & ~_are_named(_list_all())
    pictures = Q(kind=File.Kind.PICTURE) & (shown | fresh | _are_in_drafts(viewer))
    return rows.filter(of_papers | pictures)


def logos_of(lab: Lab) -> FileQuerySet:
    """The lab's logo, if it has one; everybody sees it, on the page where one signs in too."""
    rows: FileQuerySet = File.objects.filter(key=lab.logo_id)
    return rows


def files_in_use() -> FileQuerySet:
    """Files of papers, and pictures that some text names, deleted ones too: they may come back."""
    rows: FileQuerySet = File.objects.filter(
        Q(paper__isnull=False) | _is_logo() | _are_named(_list_all())
    )
    return rows


def files_archived() -> FileQuerySet:
    """What goes into an archive: not what only drafts or deleted texts show."""
    texts: list[Texts] = [
        (Review.objects.current(), TEXT_KEYS, ""),
        (Comment.objects.of_undeleted_reviews().current(), OF_COMMENTS, ""),
        (Experiment.objects.current(), OF_EXPERIMENTS, ""),
        *_list_shared(Topic.objects.all(), Meeting.objects.all()),
    ]
    rows: FileQuerySet = File.objects.filter(
        Q(paper__isnull=False, deleted_at__isnull=True) | _is_logo() | _are_named(texts)
    )
    return rows


def files_removable_by(viewer: Viewer) -> FileQuerySet:
    """Files of papers, for whoever uploaded them or may edit the paper."""
    member = get_member(viewer)
    if member is None:
        return File.objects.none()
    mine = Q(by=member) | Q(paper__in=papers_editable_by(member))
    rows: FileQuerySet = File.objects.filter(mine, paper__isnull=False)
    return rows if can_add_papers(viewer) else rows.none()


def can_add_pictures(viewer: Viewer) -> bool:
    """Whoever writes texts: readers comment, so every active member."""
    return can_comment(viewer)


def _list_readable(viewer: Viewer, lab: Lab) -> Iterator[Texts]:
    """Texts that the viewer may read and that their uploader had a part in."""
    reviews = reviews_visible_to(viewer, lab)
    of_uploader = Review.contributors.through.objects.filter(member=OuterRef(_BY))
    wrote = Q(member=_BY) | Q(pk__in=of_uploader.values("review"))
    yield reviews.filter(wrote), TEXT_KEYS, ""
    comments = comments_visible_to(viewer, lab).current()
    yield comments.filter(author=_BY), OF_COMMENTS, ""
    had_part = Q(proposed_by=_BY) | Q(owner=_BY) | Q(review__member=_BY)
    yield experiments_visible_to(viewer, lab).filter(had_part), OF_EXPERIMENTS, ""
    yield from _list_shared(topics_visible_to(viewer, lab), meetings_visible_to(viewer))


def _list_shared(topics: QuerySet[Topic], meetings: QuerySet[Meeting]) -> Iterator[Texts]:
    """Texts of several writers, for pictures that were uploaded for them."""
    kinds = File.Text
    yield topics, ["description"], kinds.TOPIC
    yield meetings, ["record"], kinds.MEETING
    yield AgendaItem.objects.filter(meeting__in=meetings), ["record"], kinds.MEETING
    yield DigestIssue.objects.all(), ["note"], kinds.DIGEST


def _list_all() -> Iterator[Texts]:
    """Every text, whoever may read it and whether it is deleted."""
    yield Review.objects.all(), TEXT_KEYS, ""
    yield Comment.objects.all(), OF_COMMENTS, ""
    yield Experiment.objects.all(), OF_EXPERIMENTS, ""
    yield Topic.objects.all(), ["description"], ""
    yield Meeting.objects.all(), ["record"], ""
    yield AgendaItem.objects.all(), ["record"], ""
    yield DigestIssue.objects.all(), ["note"], ""


def _is_logo() -> Q:
    return Q(key__in=Lab.objects.filter(logo__isnull=False).values("logo"))


def _are_named(texts: Iterator[Texts] | list[Texts]) -> Q:
    found = Q()
    for rows, columns, meant_for in texts:
        is_named = Q(Exists(rows.filter(names_file(_KEY, *columns))))
        found |= is_named & Q(meant_for=meant_for) if meant_for else is_named
    return found


def _are_in_drafts(viewer: Viewer) -> Q:
    """Pictures in the viewer's draft, by herself or by who handed the draft on to her."""
    given = Handover.objects.taken().filter(
        taker=get_member(viewer), paper=OuterRef("paper"), giver=OuterRef(OuterRef("by"))
    )
    drafts = drafts_of(viewer).alias(written=Cast("items", TextField()))
    mine = drafts.filter(names_file(_KEY, *TEXT_KEYS, F("written")))
    return Q(Exists(mine.filter(Q(member=_BY) | Q(Exists(given)))))
