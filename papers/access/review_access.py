"""Reviews and what hangs on them: experiments and comments.

The rule of independent reviews (product.md, rule 2): with the lab's switch on, a member with an
open lease on a paper sees that others reviewed it, not what, until her own review is published.
Administrators are members here too: the switch binds everybody who reviews.

Public reading together with independent reviews: the stricter rule wins. Nobody can tell whether
a stranger is a member who signed out, so a paper's reviews are closed to all strangers for as
long as they are closed to any member. That a review exists, by whom and since when, stays public.

The rule of deleted reviews: what came out of a review goes and returns with it. While it is
deleted, its experiments, the comments on it and on them, and the events of these exist for
nobody; restoring the review brings all of them back.
"""

from __future__ import annotations

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from papers.access.viewers import Viewer, can_curate, can_read, can_review, get_lab, get_member
from papers.models import Claim, Comment, Experiment, Lab, Review, ReviewRevision
from papers.models.claim import ClaimQuerySet
from papers.models.comment import CommentQuerySet
from papers.models.experiment import ExperimentQuerySet
from papers.models.review import ReviewQuerySet


def _open_leases(viewer: Viewer, lab: Lab) -> ClaimQuerySet | None:
    """The leases that close others' reviews to this viewer; None when the switch is off.

    A member's own ones; to strangers, those of everybody. A lease closes nothing any more once
    its holder published a review of the paper.
    """
    if not lab.independent_reviews:
        return None
    published = Review.objects.current().filter(member=OuterRef("member"), paper=OuterRef("paper"))
    leases = Claim.objects.open().leased().filter(~Exists(published))
    member = get_member(viewer)
    return leases.filter(member=member) if member else leases


def list_closed_papers(viewer: Viewer, lab: Lab) -> list[int]:
    """Keys of the papers whose reviews by others are closed to this viewer just now (search)."""
    leases = _open_leases(viewer, lab)
    if leases is None:
        return []
    return list(leases.order_by("paper").values_list("paper", flat=True).distinct())


def is_all_open_to(viewer: Viewer, lab: Lab) -> bool:
    """Whether this viewer may read whatever the lab wrote and did not delete."""
    return get_member(viewer) is not None and not lab.independent_reviews


def reviews_visible_to(viewer: Viewer, lab: Lab) -> ReviewQuerySet:
    """Published reviews whose text this viewer may read."""
    if not can_read(viewer, lab):
        return Review.objects.none()
    rows = Review.objects.current()
    leases = _open_leases(viewer, lab)
    if leases is None:
        return rows
    is_open = ~Q(paper__in=leases.values("paper"))
    member = get_member(viewer)
    return rows.filter(is_open | Q(member=member)) if member else rows.filter(is_open)


def reviews_open_to_all(lab: Lab) -> ReviewQuerySet:
    """Published reviews that are closed to no member just now: what programs may be told."""
    rows, leases = Review.objects.current(), _open_leases(None, lab)
    return rows if leases is None else rows.filter(~Q(paper__in=leases.values("paper")))


def reviews_known_to(viewer: Viewer, lab: Lab) -> ReviewQuerySet:
    """Published reviews that this viewer may know to exist (who, when), not what they say."""
    return Review.objects.current() if can_read(viewer, lab) else Review.objects.none()


def reviews_editable_by(viewer: Viewer) -> ReviewQuerySet:
    """One's own reviews, deleted ones too: they can be brought back."""
    member = get_member(viewer)
    return Review.objects.filter(member=member) if can_review(viewer) else Review.objects.none()


def is_review_readable(viewer: Viewer, lab: Lab) -> Combinable:
    """An expression on rows of published reviews: whether `reviews_visible_to` shows the text."""
    if not lab.independent_reviews:
        return Value(True)
    visible = reviews_visible_to(viewer, lab).filter(pk=OuterRef("pk"))
    return ExpressionWrapper(Q(Exists(visible)), output_field=BooleanField())


def revisions_visible_to(viewer: Viewer, lab: Lab) -> QuerySet[ReviewRevision]:
    """Earlier versions of the reviews this viewer may read."""
    return ReviewRevision.objects.filter(review__in=reviews_visible_to(viewer, lab))


def experiments_visible_to(viewer: Viewer, lab: Lab) -> ExperimentQuerySet:
    """Experiments, less those whose review is deleted, or closed to this member; members only."""
    member = get_member(viewer)
    if member is None:
        return Experiment.objects.none()
    if not lab.independent_reviews:
        return Experiment.objects.current()
    readable = reviews_visible_to(member, lab)
    return Experiment.objects.filter(Q(review__isnull=True) | Q(review__in=readable))


def experiments_open_to_all(lab: Lab) -> ExperimentQuerySet:
    """Experiments that no member is kept from just now."""
    readable = reviews_open_to_all(lab)
    return Experiment.objects.filter(Q(review__isnull=True) | Q(review__in=readable))


def experiments_changeable_by(viewer: Viewer) -> ExperimentQuerySet:
    """Every member who reviews may move an experiment of the board that she sees."""
    return (
        experiments_visible_to(viewer, get_lab())
        if can_review(viewer)
        else Experiment.objects.none()
    )


def comments_visible_to(viewer: Viewer, lab: Lab) -> CommentQuerySet:
    """Comments, less those on reviews and experiments that are gone or closed to this member.

    Deleted comments are among them: their place stays, their text is shown to nobody.
    """
    member = get_member(viewer)
    if member is None:
        return Comment.objects.none()
    if not lab.independent_reviews:
        return Comment.objects.of_undeleted_reviews()
    return Comment.objects.filter(
        Q(paper__isnull=False)
        | Q(review__in=reviews_visible_to(member, lab))
        | Q(experiment__in=experiments_visible_to(member, lab))
    )


def comments_open_to_all(lab: Lab) -> CommentQuerySet:
    """Comments that are not deleted and that no member is kept from just now."""
    return Comment.objects.current().filter(
        Q(paper__isnull=False)
        | Q(review__in=reviews_open_to_all(lab))
        | Q(experiment__in=experiments_open_to_all(lab))
    )


def comments_editable_by(viewer: Viewer, lab: Lab) -> CommentQuerySet:
    """One's own comments that are not deleted."""
    return comments_visible_to(viewer, lab).current().filter(author=get_member(viewer))


def comments_removable_by(viewer: Viewer, lab: Lab) -> CommentQuerySet:
    """One's own comments; curators may remove any."""
    if can_curate(viewer):
        return comments_visible_to(viewer, lab).current()
    return comments_editable_by(viewer, lab)


def comments_restorable_by(viewer: Viewer, lab: Lab) -> CommentQuerySet:
    """Deleted comments, for whoever deleted them."""
    gone = comments_visible_to(viewer, lab).filter(deleted_at__isnull=False)
    return gone.filter(deleted_by=get_member(viewer))
