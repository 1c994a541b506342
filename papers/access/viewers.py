"""Who looks, and what her role allows at all."""

from __future__ import annotations

from django.contrib.auth.models import AnonymousUser

from papers.models import Lab, Member

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


def can_vote(viewer: Viewer) -> bool:
    """Members and curators nominate papers, vote, give verdicts and write minutes."""
    return can_review(viewer)


def can_plan_meetings(viewer: Viewer) -> bool:
    """Curators plan meetings; a lead changes the meeting that she leads."""
    return can_curate(viewer)
