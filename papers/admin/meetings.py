"""Tables of the meetings: regular ones, ballots, verdicts, minutes, actions and the rota."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from papers import access
from papers.admin.site import ReadPanel, Rows, get_lab, get_viewer
from papers.models import (
    Absence,
    MeetingAction,
    MeetingSeries,
    MinutesRevision,
    Nomination,
    PresenterSwap,
    VerdictVote,
    Vote,
)


@admin.register(MeetingSeries)
class MeetingSeriesPanel(ReadPanel):
    """Regular meetings; their own page changes them."""

    list_display = ["title", "weekday", "time", "every_weeks", "starts_on", "place", "ended_at"]
    list_filter = [("ended_at", admin.EmptyFieldListFilter)]
    search_fields = ["title", "place"]


@admin.register(Nomination)
class NominationPanel(ReadPanel):
    """What was wanted for a meeting."""

    list_display = ["paper", "by", "at", "closed_at"]
    list_filter = [("closed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["paper", "by"]
    search_fields = ["paper__title", "by__name"]
    date_hierarchy = "at"


@admin.register(Vote)
class VotePanel(ReadPanel):
    """Who wants to discuss what."""

    list_display = ["nomination", "member", "at"]
    list_select_related = ["nomination__paper", "member"]
    search_fields = ["nomination__paper__title", "member__name"]
    date_hierarchy = "at"


@admin.register(VerdictVote)
class VerdictVotePanel(ReadPanel):
    """Verdicts before and after a discussion; hidden ones are hidden here too."""

    list_display = ["item", "member", "phase", "verdict", "at"]
    list_filter = ["phase", "verdict"]
    list_select_related = ["item__paper", "item__meeting", "member"]
    search_fields = ["item__paper__title", "member__name"]
    date_hierarchy = "at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """One's own, and those that were shown."""
        seen = access.verdicts_visible_to(get_viewer(request))
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))


@admin.register(MinutesRevision)
class MinutesRevisionPanel(ReadPanel):
    """Every text that the minutes had."""

    list_display = ["meeting", "item", "number", "by", "at"]
    list_select_related = ["meeting", "item__paper", "item__meeting", "by"]
    search_fields = ["text", "by__name"]
    date_hierarchy = "at"


@admin.register(MeetingAction)
class MeetingActionPanel(ReadPanel):
    """What was agreed on."""

    list_display = ["meeting", "experiment", "claim", "made_by", "made_at"]
    list_select_related = ["meeting", "experiment", "claim__paper", "claim__member", "made_by"]
    search_fields = ["experiment__title", "claim__paper__title"]
    date_hierarchy = "made_at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Claims, and experiments that the viewer may see."""
        seen = access.experiments_visible_to(get_viewer(request), get_lab(request))
        rows = super().get_queryset(request)
        return rows.filter(Q(experiment__isnull=True) | Q(experiment__in=seen.values("pk")))


@admin.register(Absence)
class AbsencePanel(ReadPanel):
    """Who is away when."""

    list_display = ["member", "first_on", "last_on"]
    list_select_related = ["member"]
    search_fields = ["member__name"]
    date_hierarchy = "first_on"


@admin.register(PresenterSwap)
class PresenterSwapPanel(ReadPanel):
    """Who asked whom to take a turn."""

    list_display = ["item", "asked_by", "to", "state", "asked_at", "answered_at"]
    list_filter = ["state"]
    list_select_related = ["item__paper", "item__meeting", "asked_by", "to"]
    search_fields = ["asked_by__name", "to__name"]
    date_hierarchy = "asked_at"
