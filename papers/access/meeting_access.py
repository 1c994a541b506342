"""Meetings: who sees, runs and joins them, and whose verdicts and absences are whose."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from papers.access.viewers import Viewer, can_plan_meetings, can_vote, get_member
from papers.models import Absence, AgendaItem, Meeting, PresenterSwap, VerdictVote
from papers.models.meeting import MeetingQuerySet


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
