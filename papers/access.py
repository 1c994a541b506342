"""Who may see or change what, as querysets. The only place that decides it.

A viewer is a Member, Django's AnonymousUser, or None for nobody. What a viewer may not touch does
not exist for her: views fetch through these querysets and answer 404.

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

from django.contrib.auth.models import AnonymousUser
from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet, Value
from django.db.models.expressions import Combinable

from papers.models import (
    Absence,
    AgendaItem,
    Claim,
    Comment,
    Event,
    Experiment,
    Follow,
    Handover,
    ImportItem,
    ImportJob,
    Lab,
    Listing,
    Meeting,
    Member,
    Notification,
    Paper,
    PaperPair,
    PresenterSwap,
    Removal,
    Review,
    ReviewDraft,
    ReviewRevision,
    SavedSearch,
    TextDraft,
    Topic,
    VerdictVote,
)
from papers.models.claim import ClaimQuerySet
from papers.models.comment import CommentQuerySet
from papers.models.event import EventQuerySet
from papers.models.experiment import ExperimentQuerySet
from papers.models.lease import HandoverQuerySet
from papers.models.meeting import MeetingQuerySet
from papers.models.member import MemberQuerySet
from papers.models.paper import PaperQuerySet
from papers.models.removal import RemovalQuerySet
from papers.models.review import ReviewQuerySet
from papers.models.topic import TopicQuerySet

Viewer = Member | AnonymousUser | None


def get_lab() -> Lab:
    """The lab's settings; one query. An installation without the row has the defaults."""
    return Lab.objects.filter(pk=1).first() or Lab()


def get_member(viewer: Viewer) -> Member | None:
    """The viewer as an active member, or None."""
    return viewer if isinstance(viewer, Member) and viewer.is_active else None


def can_read(viewer: Viewer, lab: Lab) -> bool:
    """May open pages at all: members, and everybody where the lab reads in public."""
    return get_member(viewer) is not None or lab.public_reading


def can_comment(viewer: Viewer) -> bool:
    """Every active member may comment, readers too."""
    return get_member(viewer) is not None


def can_review(viewer: Viewer) -> bool:
    """Members and curators claim papers, write reviews and propose experiments."""
    member = get_member(viewer)
    return member is not None and member.is_reviewer


def can_add_papers(viewer: Viewer) -> bool:
    """Members and curators bring papers and lists."""
    return can_review(viewer)


def can_curate(viewer: Viewer) -> bool:
    """Curators keep topics, merges, meetings, invitations and the lab's limits."""
    member = get_member(viewer)
    return member is not None and member.is_curator


def papers_visible_to(viewer: Viewer, lab: Lab) -> PaperQuerySet:
    """Every paper, for whoever may read."""
    return Paper.objects.all() if can_read(viewer, lab) else Paper.objects.none()


def text_drafts_of(viewer: Viewer) -> QuerySet[TextDraft]:
    """One's own unsent texts; nobody sees another's."""
    member = get_member(viewer)
    return TextDraft.objects.filter(member=member) if member else TextDraft.objects.none()


def papers_editable_by(viewer: Viewer) -> PaperQuerySet:
    """Curators mend every paper, members those that they added."""
    if can_curate(viewer):
        return Paper.objects.all()
    if can_add_papers(viewer):
        return Paper.objects.filter(added_by=get_member(viewer))
    return Paper.objects.none()


def papers_sortable_by(viewer: Viewer) -> PaperQuerySet:
    """Curators act on many papers at once; what they do not own is theirs to keep in order."""
    return Paper.objects.all() if can_curate(viewer) else Paper.objects.none()


def can_suggest_duplicates(viewer: Viewer) -> bool:
    """Members and curators tell the curators of two records of one work."""
    return can_review(viewer)


def pairs_visible_to(viewer: Viewer) -> QuerySet[PaperPair]:
    """What members suggested as duplicates, and what was answered: for curators."""
    return PaperPair.objects.all() if can_curate(viewer) else PaperPair.objects.none()


def removals_visible_to(viewer: Viewer) -> RemovalQuerySet:
    """What was merged or deleted, for curators; never the journals, which nobody is shown."""
    rows = Removal.objects.defer("journal")
    return rows if can_curate(viewer) else rows.none()


def topics_visible_to(viewer: Viewer, lab: Lab) -> TopicQuerySet:
    """Every topic, for whoever may read."""
    return Topic.objects.all() if can_read(viewer, lab) else Topic.objects.none()


def listings_visible_to(viewer: Viewer, lab: Lab) -> QuerySet[Listing]:
    """Every listing, for whoever may read."""
    return Listing.objects.all() if can_read(viewer, lab) else Listing.objects.none()


def members_visible_to(viewer: Viewer) -> MemberQuerySet:
    """The lab's people, alumni and placeholders included; strangers see no list of people."""
    everybody: MemberQuerySet = Member.objects.all()
    return everybody if get_member(viewer) else everybody.none()


def members_editable_by(viewer: Viewer) -> MemberQuerySet:
    """Curators keep everybody but administrators; administrators keep all."""
    everybody: MemberQuerySet = Member.objects.all()
    if not can_curate(viewer):
        return everybody.none()
    member = get_member(viewer)
    return everybody if member and member.is_superuser else everybody.filter(is_superuser=False)


def claims_visible_to(viewer: Viewer) -> ClaimQuerySet:
    """Who reads what is known to every member, and to nobody outside."""
    return Claim.objects.all() if get_member(viewer) else Claim.objects.none()


def claims_changeable_by(viewer: Viewer) -> ClaimQuerySet:
    """One's own claims; curators may release any."""
    if can_curate(viewer):
        return Claim.objects.all()
    member = get_member(viewer)
    return Claim.objects.filter(member=member) if member else Claim.objects.none()


def claims_overridable_by(viewer: Viewer) -> ClaimQuerySet:
    """Open claims of others, for curators: with a reason."""
    return Claim.objects.open() if can_curate(viewer) else Claim.objects.none()


def handovers_visible_to(viewer: Viewer) -> HandoverQuerySet:
    """Drafts that are offered, for those who could go on with them; never their words."""
    return Handover.objects.open() if can_review(viewer) else Handover.objects.none()


def handovers_acceptable_by(viewer: Viewer) -> HandoverQuerySet:
    """Drafts that others offer."""
    return handovers_visible_to(viewer).exclude(giver=get_member(viewer))


def handovers_withdrawable_by(viewer: Viewer) -> HandoverQuerySet:
    """One's own offers."""
    return handovers_visible_to(viewer).filter(giver=get_member(viewer))


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


def drafts_of(viewer: Viewer) -> QuerySet[ReviewDraft]:
    """One's own drafts; nobody else's, for nobody, administrators included.

    Not those that are locked because somebody else may have got into the account.
    """
    member = get_member(viewer)
    return (
        ReviewDraft.objects.filter(member=member, locked_at__isnull=True)
        if can_review(viewer)
        else ReviewDraft.objects.none()
    )


def experiments_visible_to(viewer: Viewer, lab: Lab) -> ExperimentQuerySet:
    """Experiments, less those whose review is deleted, or closed to this member; members only."""
    member = get_member(viewer)
    if member is None:
        return Experiment.objects.none()
    if not lab.independent_reviews:
        return Experiment.objects.current()
    readable = reviews_visible_to(member, lab)
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


def can_vote(viewer: Viewer) -> bool:
    """Members and curators nominate papers, vote, give verdicts and write minutes."""
    return can_review(viewer)


def can_plan_meetings(viewer: Viewer) -> bool:
    """Curators plan meetings; a lead changes the meeting that she leads."""
    return can_curate(viewer)


def meetings_visible_to(viewer: Viewer) -> MeetingQuerySet:
    """The lab's meetings, for members."""
    return Meeting.objects.all() if get_member(viewer) else Meeting.objects.none()


def meetings_run_by(viewer: Viewer) -> MeetingQuerySet:
    """Meetings whose agenda and course the viewer decides: curators all, a lead her own."""
    if can_plan_meetings(viewer):
        return Meeting.objects.all()
    member = get_member(viewer)
    return Meeting.objects.filter(lead=member) if can_vote(viewer) else Meeting.objects.none()


def can_run_meeting(viewer: Viewer, meeting: Meeting) -> bool:
    """What `meetings_run_by` says, of a meeting at hand."""
    member = get_member(viewer)
    is_lead = member is not None and meeting.lead_id == member.pk
    return can_plan_meetings(viewer) or (is_lead and can_vote(viewer))


def meetings_joined_by(viewer: Viewer) -> MeetingQuerySet:
    """Meetings that the viewer takes part in: verdicts, minutes, actions."""
    return meetings_visible_to(viewer) if can_vote(viewer) else Meeting.objects.none()


def agenda_items_run_by(viewer: Viewer) -> QuerySet[AgendaItem]:
    """Items of the meetings that the viewer runs."""
    return AgendaItem.objects.filter(meeting__in=meetings_run_by(viewer))


def agenda_items_joined_by(viewer: Viewer) -> QuerySet[AgendaItem]:
    """Items on which the viewer gives verdicts and writes minutes."""
    return AgendaItem.objects.filter(meeting__in=meetings_joined_by(viewer))


def agenda_items_presented_by(viewer: Viewer) -> QuerySet[AgendaItem]:
    """One's own turns, to ask somebody else to take one."""
    member = get_member(viewer)
    return (
        AgendaItem.objects.filter(presenter=member)
        if can_vote(viewer)
        else AgendaItem.objects.none()
    )


def verdicts_visible_to(viewer: Viewer) -> QuerySet[VerdictVote]:
    """One's own verdicts, and those that the lead has shown."""
    member = get_member(viewer)
    if member is None:
        return VerdictVote.objects.none()
    return VerdictVote.objects.filter(
        Q(member=member)
        | Q(phase=VerdictVote.Phase.BEFORE, item__before_shown_at__isnull=False)
        | Q(phase=VerdictVote.Phase.AFTER, item__after_shown_at__isnull=False)
    )


def absences_changeable_by(viewer: Viewer) -> QuerySet[Absence]:
    """One's own absences; curators keep everybody's."""
    if can_plan_meetings(viewer):
        return Absence.objects.all()
    member = get_member(viewer)
    return Absence.objects.filter(member=member) if member else Absence.objects.none()


def swaps_answerable_by(viewer: Viewer) -> QuerySet[PresenterSwap]:
    """Turns that the viewer was asked to take."""
    member = get_member(viewer)
    asked = PresenterSwap.objects.filter(state=PresenterSwap.State.ASKED)
    return asked.filter(to=member) if member else asked.none()


def imports_visible_to(viewer: Viewer) -> QuerySet[ImportJob]:
    """One's own imports; curators see all."""
    if can_curate(viewer):
        return ImportJob.objects.all()
    return (
        ImportJob.objects.filter(by=get_member(viewer))
        if can_add_papers(viewer)
        else ImportJob.objects.none()
    )


def entries_splittable_by(viewer: Viewer) -> QuerySet[ImportItem]:
    """Entries that an import put to a paper that was there: curators and whoever imported them may
    make them papers of their own.
    """
    rows = ImportItem.objects.filter(is_joined=True, is_excluded=False)
    return rows.filter(job__in=imports_visible_to(viewer), job__state=ImportJob.State.APPLIED)


def events_visible_to(viewer: Viewer, lab: Lab) -> EventQuerySet:
    """What happened, less events about comments and experiments that are gone or closed to this
    member.

    An event of a hidden review stays: she may know that it was published. Strangers (public
    reading) learn of papers, topics and standing reviews only.
    """
    if not can_read(viewer, lab):
        return Event.objects.none()
    member = get_member(viewer)
    if member is None:
        public = [Event.Kind.PAPER_ADDED, Event.Kind.TOPIC_ADDED, Event.Kind.REVIEW_PUBLISHED]
        return Event.objects.filter(kind__in=public, review__deleted_at__isnull=True)
    if not lab.independent_reviews:
        return Event.objects.of_undeleted_reviews()
    return Event.objects.filter(
        Q(comment__isnull=True) | Q(comment__in=comments_visible_to(member, lab)),
        Q(experiment__isnull=True) | Q(experiment__in=experiments_visible_to(member, lab)),
    )


def follows_of(viewer: Viewer) -> QuerySet[Follow]:
    """What one follows; nobody else's business."""
    member = get_member(viewer)
    return Follow.objects.filter(by=member) if member else Follow.objects.none()


def saved_searches_of(viewer: Viewer) -> QuerySet[SavedSearch]:
    """Searches that one keeps; nobody else's business."""
    member = get_member(viewer)
    return SavedSearch.objects.filter(by=member) if member else SavedSearch.objects.none()


def notifications_of(viewer: Viewer, lab: Lab) -> QuerySet[Notification]:
    """One's own notices, less those of events that are gone or closed to one just now."""
    member = get_member(viewer)
    if member is None:
        return Notification.objects.none()
    seen = events_visible_to(member, lab).order_by()
    return Notification.objects.filter(member=member, event__in=seen)
