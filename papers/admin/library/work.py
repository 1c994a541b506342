"""Tables of what comes after reading: experiments, meetings, imports."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest

from papers import access
from papers.admin.site import ReadPanel, Rows, get_lab, get_viewer
from papers.models import (
    AgendaItem,
    Experiment,
    ExperimentLink,
    ImportItem,
    ImportJob,
    Meeting,
    Prediction,
)


@admin.register(Experiment)
class ExperimentPanel(ReadPanel):
    """Follow-up experiments; the board moves them."""

    list_display = ["title", "state", "owner", "paper", "created_at", "closed_at"]
    list_filter = ["state", ("owner", admin.EmptyFieldListFilter)]
    list_select_related = ["owner", "paper"]
    search_fields = ["title", "hypothesis", "paper__title", "owner__name"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Those that the viewer may see."""
        seen = access.experiments_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(pk__in=seen.values("pk"))


@admin.register(ExperimentLink)
class ExperimentLinkPanel(ReadPanel):
    """Runs and repositories."""

    list_display = ["url", "label", "experiment"]
    list_select_related = ["experiment"]
    search_fields = ["url", "label", "experiment__title"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """Those of experiments that the viewer may see."""
        seen = access.experiments_visible_to(get_viewer(request), get_lab(request))
        return super().get_queryset(request).filter(experiment__in=seen.values("pk"))


@admin.register(Prediction)
class PredictionPanel(ReadPanel):
    """What members expected; open experiments keep others' guesses closed."""

    list_display = ["experiment", "member", "percent", "made_at"]
    list_select_related = ["experiment", "member"]
    search_fields = ["experiment__title", "member__name"]
    date_hierarchy = "made_at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """One's own, and those of closed experiments; of experiments that the viewer may see."""
        viewer = get_viewer(request)
        seen = access.experiments_visible_to(viewer, get_lab(request))
        closed = Q(experiment__in=seen.closed().values("pk"))
        rows: Rows = super().get_queryset(request).filter(experiment__in=seen.values("pk"))
        return rows.filter(closed | Q(member=viewer))


@admin.register(Meeting)
class MeetingPanel(ReadPanel):
    """Meetings; their own pages plan them."""

    list_display = ["day", "title", "starts_at", "minutes", "lead", "held_at", "cancelled_at"]
    list_filter = [
        ("held_at", admin.EmptyFieldListFilter),
        ("cancelled_at", admin.EmptyFieldListFilter),
    ]
    list_select_related = ["lead"]
    search_fields = ["title", "place", "lead__name"]
    date_hierarchy = "starts_at"


@admin.register(AgendaItem)
class AgendaItemPanel(ReadPanel):
    """What was on the agendas."""

    list_display = ["meeting", "position", "paper", "presenter", "minutes", "discussed_at"]
    list_filter = [("discussed_at", admin.EmptyFieldListFilter)]
    list_select_related = ["meeting", "paper", "presenter"]
    search_fields = ["title", "paper__title", "presenter__name"]


@admin.register(ImportJob)
class ImportJobPanel(ReadPanel):
    """Documents that were brought; their own pages take them in and back."""

    list_display = ["name", "shape", "state", "by", "created_at", "applied_at", "undone_at"]
    list_filter = ["state", "shape"]
    list_select_related = ["by"]
    search_fields = ["name", "by__name"]
    date_hierarchy = "created_at"

    def get_queryset(self, request: HttpRequest) -> Rows:
        """A list shows no document's text."""
        seen = access.imports_visible_to(get_viewer(request))
        rows = super().get_queryset(request).filter(pk__in=seen.values("pk"))
        return rows.defer("source", "plan", "made")


@admin.register(ImportItem)
class ImportItemPanel(ReadPanel):
    """Entries as they were understood."""

    list_display = ["job", "line", "kind", "key", "paper", "is_excluded"]
    list_filter = ["kind", "is_excluded"]
    search_fields = ["key", "message", "job__name"]
    exclude = ["data"]

    def get_queryset(self, request: HttpRequest) -> Rows:
        """With the names shown beside them, and no document's text."""
        seen = access.imports_visible_to(get_viewer(request))
        rows: Rows = super().get_queryset(request).filter(job__in=seen.values("pk"))
        hidden = ("data", "job__source", "job__plan", "job__made")
        return rows.select_related("job", "paper").defer(*hidden)
