"""Meetings with their agendas: those of a week, and the next one."""

from __future__ import annotations

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from papers import access
from papers.caching.prepared import prepared
from papers.digest.issue import AgendaLine, MeetingNews
from papers.digest.queries.span import Span, is_within, prepared_for_span
from papers.meetings.queries.paper_meetings import tally_rows
from papers.models import Experiment, Lab, Meeting, VerdictVote
from papers.models.experiment import ExperimentQuerySet
from papers.models.meeting import MeetingQuerySet
from papers.text import addresses
from papers.text.formulas import to_letters

GOES_ON = timedelta(hours=1)
"""A meeting that began within this time is still the next one on a desk."""


def read_agendas(span: Span) -> tuple[list[MeetingNews], MeetingNews | None]:
    """The meetings that were held in the week, and the next one after it (or after now)."""
    found = _make_meetings(_find_meetings(span), span.as_of)
    coming = [one for one in found if one.starts_at >= span.as_of and not one.is_held]
    held = [meeting for meeting in found if meeting.is_held and meeting not in coming]
    return held, coming[0] if coming else None


@prepared_for_span
def _find_meetings(span: Span) -> QuerySet[Any, Any]:
    is_held = Q(held_at__isnull=False) & is_within(span, "starts_at")
    not_held = Q(held_at__isnull=True) | Q(held_at__gte=span.as_of)
    ahead = not_held & Q(
        starts_at__gte=span.as_of, starts_at__lt=span.until, created_at__lt=span.as_of
    )
    return _list_agendas(Meeting.objects.all(), Experiment.objects.current(), ahead, is_held)


def find_next_meeting(viewer: access.Viewer, lab: Lab, now: datetime) -> MeetingNews | None:
    """The next meeting with its agenda, or the one that goes on just now; one query."""
    found = _make_meetings(_find_next(viewer, lab, now - GOES_ON), now)
    return found[0] if found else None


@prepared
def _find_next(viewer: access.Viewer, lab: Lab, since: datetime) -> QuerySet[Any, Any]:
    meetings = access.meetings_visible_to(viewer)
    experiments = access.experiments_visible_to(viewer, lab)
    ahead = Q(held_at__isnull=True) & (Q(starts_at__gte=since) | Q(opened_at__isnull=False))
    return _list_agendas(meetings, experiments, ahead, Q(pk__in=[]))


def _make_meetings(rows: list[Any], as_of: datetime) -> list[MeetingNews]:
    by_meeting = groupby(rows, lambda row: row["pk"])
    return [_make_meeting(list(lines), as_of) for _, lines in by_meeting]


def _list_agendas(
    meetings: MeetingQuerySet, experiments: ExperimentQuerySet, ahead: Q, also: Q
) -> QuerySet[Any, Any]:
    """The first meeting that fits `ahead` and all that fit `also`, with their items; only
    `experiments` are named.
    """
    meetings = meetings.filter(cancelled_at__isnull=True)
    first = meetings.filter(ahead).order_by("starts_at", "pk")[:1]
    return (
        meetings.filter(also | Q(pk__in=first.values("pk")))
        .annotate(
            is_open=Exists(experiments.filter(pk=OuterRef("items__experiment"))),
            casts=ArraySubquery(_list_shown().values(row=CAST)),
        )
        .order_by("starts_at", *IN_ORDER)
        .values(
            "pk", "day", "title", "starts_at", "minutes", "place", "lead", "lead__name", "held_at",
            "items__title", "items__minutes", "items__presenter", "items__presenter__name",
            "items__paper", "items__paper__title", "items__paper__slug", "items__experiment__title",
            "items__experiment", "items__question", "number", "is_open", "casts",
        )
    )  # fmt: skip


IN_ORDER = ("pk", "items__position", F("items__question_id").asc(nulls_first=True), "items__pk")
"""A meeting's items: papers that a question gathers below it."""

CAST = JSONObject(member=F("member"), phase=F("phase"), verdict=F("verdict"))


def _list_shown() -> QuerySet[VerdictVote]:
    """Verdicts on the item of the statement around, as far as they were revealed."""
    return VerdictVote.objects.filter(
        item=OuterRef("items__pk"),
        item__before_shown_at__isnull=False,
        item__after_shown_at__isnull=False,
    )


def _make_meeting(rows: list[Any], as_of: datetime) -> MeetingNews:
    first = rows[0]
    return MeetingNews(
        day=first["day"],
        title=first["title"] or _("Reading group"),
        starts_at=first["starts_at"],
        minutes=first["minutes"],
        place=first["place"],
        lead=first["lead__name"] or "",
        is_held=first["held_at"] is not None and first["held_at"] <= as_of,
        lines=[_make_line(row) for row in rows if row["items__minutes"] is not None],
        lead_id=first["lead"],
        number=first["number"],
    )


def _make_line(row: dict[str, Any]) -> AgendaLine:
    title, url = row["items__title"], ""
    if row["items__paper"]:
        title = to_letters(row["items__paper__title"])
        url = addresses.paper(row["items__paper"], row["items__paper__slug"])
    elif row["items__experiment"] and row["is_open"]:
        title = row["items__experiment__title"]
        url = addresses.experiment(row["items__experiment"])
    told = tally_rows(row["casts"])
    return AgendaLine(
        title=title or _("An experiment"),
        url=url,
        presenter=row["items__presenter__name"] or "",
        minutes=row["items__minutes"],
        presenter_id=row["items__presenter"],
        experiment_id=row["items__experiment"],
        minds=told.sentence if told.changed else "",
        moves=told.moves if told.changed else (),
        is_gathered=row["items__question"] is not None,
    )
