"""Addresses of meetings."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from papers.meetings import views
from papers.meetings.agenda import views as agenda_views
from papers.meetings.series import views as planning_views
from papers.meetings.session import views as room_views


class DayConverter:
    """A day as `2026-11-26`."""

    regex = r"\d{4}-\d{2}-\d{2}"

    def to_python(self, value: str) -> date:
        """A day that is none (2026-02-30) names no page."""
        return date.fromisoformat(value)

    def to_url(self, value: date | str) -> str:
        """A date, or its text."""
        return value if isinstance(value, str) else value.isoformat()


register_converter(DayConverter, "day")

urlpatterns = [
    path("meetings/", views.meeting_list, name="meeting-list"),
    path("meetings/new/", planning_views.meeting_new, name="meeting-new"),
    path("meetings/series/", planning_views.meeting_series, name="meeting-series"),
    path(
        "meetings/series/<key:pk>/", planning_views.meeting_series_edit, name="meeting-series-edit"
    ),
    path("meetings/nominations/", views.meeting_nomination, name="meeting-nomination"),
    path("meetings/absences/", views.meeting_absence, name="meeting-absence"),
    path(
        "meetings/absences/<key:pk>/removal/",
        views.meeting_absence_removal,
        name="meeting-absence-removal",
    ),
    path("meetings/swaps/<key:pk>/", views.meeting_swap, name="meeting-swap"),
    path("papers/<key:pk>/nomination/", views.nomination, name="nomination"),
    path("meetings/<day:day>/", agenda_views.meeting_detail, name="meeting-detail"),
    path("meetings/<day:day>/edit/", planning_views.meeting_edit, name="meeting-edit"),
    path(
        "meetings/<day:day>/cancellation/",
        planning_views.meeting_cancellation,
        name="meeting-cancellation",
    ),
    path("meetings/<day:day>/items/", agenda_views.meeting_items, name="meeting-items"),
    path("meetings/<day:day>/order/", agenda_views.meeting_order, name="meeting-order"),
    path("meetings/<day:day>/filling/", agenda_views.meeting_filling, name="meeting-filling"),
    path(
        "meetings/<day:day>/presenters/",
        agenda_views.meeting_presenters,
        name="meeting-presenters",
    ),
    path("meetings/<day:day>/mailing/", agenda_views.meeting_mailing, name="meeting-mailing"),
    path("agenda-items/<key:pk>/", agenda_views.meeting_item, name="meeting-item"),
    path(
        "agenda-items/<key:pk>/place/", agenda_views.meeting_item_place, name="meeting-item-place"
    ),
    path(
        "agenda-items/<key:pk>/removal/",
        agenda_views.meeting_item_removal,
        name="meeting-item-removal",
    ),
    path("agenda-items/<key:pk>/swap/", agenda_views.meeting_item_swap, name="meeting-item-swap"),
    path("meetings/<day:day>/room/", room_views.meeting_room, name="meeting-room"),
    path("meetings/<day:day>/course/", room_views.meeting_course, name="meeting-course"),
    path("meetings/<day:day>/minutes/", room_views.meeting_minutes, name="meeting-minutes"),
    path("meetings/<day:day>/actions/", room_views.meeting_action, name="meeting-action"),
    path("agenda-items/<key:pk>/verdict/", room_views.meeting_verdict, name="meeting-verdict"),
    path("agenda-items/<key:pk>/showing/", room_views.meeting_showing, name="meeting-showing"),
]
