"""Addresses of meetings."""

from __future__ import annotations

from datetime import date

from django.urls import path, register_converter

from papers.meetings import views
from papers.meetings.agenda.views import items as item_views
from papers.meetings.agenda.views import page as agenda_views
from papers.meetings.mailing import views as mailing_views
from papers.meetings.series import views as planning_views
from papers.meetings.session.views import room as room_views
from papers.meetings.session.views import screen as screen_views
from papers.text.slots import Slot


class DayConverter:
    """A meeting of a day: `2026-11-26`, the second one `2026-11-26-2`."""

    regex = r"\d{4}-\d{2}-\d{2}(?:-(?:[2-9]|[1-9]\d))?"

    def to_python(self, value: str) -> Slot:
        """A day that is none (2026-02-30) names no page."""
        day, number = value[:10], value[11:]
        return Slot(date.fromisoformat(day), int(number or 1))

    def to_url(self, value: Slot | date | str) -> str:
        """A slot, the first of a date, or its text."""
        return str(value)


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
    path("meetings/<day:day>/items/", item_views.meeting_items, name="meeting-items"),
    path("meetings/<day:day>/order/", item_views.meeting_order, name="meeting-order"),
    path("meetings/<day:day>/filling/", item_views.meeting_filling, name="meeting-filling"),
    path(
        "meetings/<day:day>/presenters/",
        item_views.meeting_presenters,
        name="meeting-presenters",
    ),
    path("meetings/<day:day>/mailing/", mailing_views.meeting_mailing, name="meeting-mailing"),
    path("agenda-items/<key:pk>/", item_views.meeting_item, name="meeting-item"),
    path("agenda-items/<key:pk>/place/", item_views.meeting_item_place, name="meeting-item-place"),
    path(
        "agenda-items/<key:pk>/removal/",
        item_views.meeting_item_removal,
        name="meeting-item-removal",
    ),
    path("agenda-items/<key:pk>/papers/", item_views.meeting_gathering, name="meeting-gathering"),
    path("agenda-items/<key:pk>/swap/", item_views.meeting_item_swap, name="meeting-item-swap"),
    path("meetings/<day:day>/room/", room_views.meeting_room, name="meeting-room"),
    path("meetings/<day:day>/screen/", screen_views.meeting_screen, name="meeting-screen"),
    path("meetings/<day:day>/course/", room_views.meeting_course, name="meeting-course"),
    path("meetings/<day:day>/minutes/", room_views.meeting_minutes, name="meeting-minutes"),
    path("meetings/<day:day>/actions/", room_views.meeting_action, name="meeting-action"),
    path("agenda-items/<key:pk>/verdict/", room_views.meeting_verdict, name="meeting-verdict"),
    path("agenda-items/<key:pk>/showing/", room_views.meeting_showing, name="meeting-showing"),
]
