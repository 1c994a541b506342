"""What can be taken back: the last 30 days of releases, removals, deletions and settings."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.lab_changes.change_words import say_changes
from papers.models import Event, Member, Removal
from papers.models.event import REMOVALS
from papers.people import Person, make_person

MOST = 200

Kind = Event.Kind
_WORDS: dict[str, Promise] = {
    Kind.CLAIM_RELEASED: _("Claim released"),
    Kind.TOPIC_CHANGED: _("Removed from a topic"),
    Kind.IMPORT_UNDONE: _("Import undone"),
    Kind.COMMENT_DELETED: _("Comment deleted"),
    Kind.REVIEW_DELETED: _("Review deleted"),
    Kind.PAPER_ARCHIVED: _("Paper archived"),
    Kind.PAPER_MERGED: _("Papers merged"),
    Kind.PAPER_DELETED: _("Paper deleted"),
    Kind.TOPIC_MERGED: _("Topics merged"),
    Kind.TOPIC_DELETED: _("Topic deleted"),
    Kind.MEETING_CHANGED: _("Removed from an agenda"),
    Kind.ROTA_CHANGED: _("Time off removed"),
}
_ACTS: dict[str, Promise] = {
    "accent": _("Color changed"),
    "announced": _("Announcement published"),
    "announcement-removed": _("Announcement removed"),
    "logo": _("Logo changed"),
    "logo-removed": _("Logo removed"),
    "questions": _("Guiding questions changed"),
    "webhook-changed": _("Webhook changed"),
    "webhook-removed": _("Webhook removed"),
    "channel-removed": _("Chat channel removed"),
}
"""Acts on the lab's settings that have a name of their own."""
_RIGHTS: dict[str, Promise] = {
    "administrator": _("Administrator rights changed"),
    "role": _("Role changed"),
    "state": _("Account closed or reopened"),
}
_REVOKED = _("Invitation revoked")


@dataclass(frozen=True, slots=True)
class Taken:
    """One act that took something away."""

    id: int
    at: datetime
    word: str
    what: str
    who: Person | None


def list_taken(viewer: Member, at: datetime) -> list[Taken]:
    """The newest first; what was brought back is left out."""
    rows = access.events_undoable_by(viewer, at).select_related(
        "by", "member", "paper", "topic", "job", "meeting"
    )
    events = list(rows.order_by("-at", "-pk")[:MOST])
    keys = [event.data["removal"] for event in events if event.kind in REMOVALS]
    removed = dict(Removal.objects.filter(pk__in=keys).values_list("pk", "name"))
    return [_describe(event, viewer, removed) for event in events]


def _describe(event: Event, viewer: Member, removed: Mapping[int, str]) -> Taken:
    name = removed.get(event.data.get("removal", 0))
    if name is None:
        name = _NAMES.get(event.kind, _name_paper)(event)
    who = make_person(event.by, viewer) if event.by and event.by_id != viewer.pk else None
    return Taken(event.pk, event.at, str(_name_act(event)), name, who)


def _name_act(event: Event) -> str | Promise:
    if event.kind == Kind.TOPIC_CHANGED and "name" in event.data:
        return _("Topic renamed")
    if "from" in event.data:
        return _("Topic moved")
    if event.kind == Kind.MEMBER_CHANGED:
        return next((_RIGHTS[name] for name in _RIGHTS if name in event.data), _REVOKED)
    if event.kind == Kind.LAB_CHANGED:
        return _ACTS.get(event.data.get("act", ""), _("Settings changed"))
    return _WORDS[event.kind]


def _name_paper(event: Event) -> str:
    return event.paper.title if event.paper else ""


def _name_listing(event: Event) -> str:
    if not event.paper:
        return str(event.topic)
    return f"{_name_paper(event)} ({event.topic})"


def _name_absence(event: Event) -> str:
    days = [date_format(date.fromisoformat(day), "SHORT_DATE_FORMAT") for day in event.data["days"]]
    return f"{event.member}, {days[0]}–{days[1]}"


def _name_member(event: Event) -> str:
    if "role" not in event.data:
        return str(event.member)
    return f"{event.member}, {say_changes(event)[0]}"


def _name_setting(event: Event) -> str:
    return event.data.get("endpoint", "") or "; ".join(say_changes(event))


_NAMES: dict[str, Callable[[Event], str]] = {
    Kind.TOPIC_CHANGED: _name_listing,
    Kind.IMPORT_UNDONE: lambda event: event.job.name if event.job else "",
    Kind.MEMBER_CHANGED: _name_member,
    Kind.LAB_CHANGED: _name_setting,
    Kind.MEETING_CHANGED: lambda event: str(event.meeting),
    Kind.ROTA_CHANGED: _name_absence,
}
