"""Reads of what happened: the activity page, and what is new on a desk."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import groupby
from typing import Any, Self

from django.db.models import Q, QuerySet
from django.utils.functional import Promise
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.activity.sentences import name_subject, say_aside, say_event
from papers.caching.prepared import prepared
from papers.lab_changes.change_words import say_changes
from papers.models import Event, Lab, Member
from papers.models.event import CURATORS_ACTS, EventQuerySet
from papers.people import Person, make_person

PAGE = 50
"""Events on a page."""

MANY_VERDICTS = 3
"""Verdicts in a row at one meeting, from which on they are one line."""

COUNTED = 100
"""News that a desk counts; the activity page has all."""

Kind = Event.Kind

GROUPS: dict[str, tuple[Promise, tuple[Kind, ...]]] = {
    "papers": (
        _("Papers"),
        (Kind.PAPER_ADDED, Kind.PAPER_CHANGED, Kind.PAPER_FILLED, Kind.PAPER_UPDATED,
         Kind.PAPER_LISTED, Kind.PAPER_SPLIT, Kind.PAPER_MERGED, Kind.PAPER_DELETED,
         Kind.PAPER_RESTORED, Kind.PAPER_ARCHIVED, Kind.PAPER_UNARCHIVED,
         Kind.DUPLICATE_SUGGESTED, Kind.PAPERS_SORTED, Kind.IMPORT_APPLIED, Kind.IMPORT_UNDONE),
    ),
    "reviews": (
        _("Reviews"),
        (Kind.REVIEW_PUBLISHED, Kind.REVIEW_CHANGED, Kind.REVIEW_DELETED, Kind.REVIEW_RESTORED,
         Kind.CRITIQUE_MARKED),
    ),
    "claims": (
        _("Claims"),
        (Kind.CLAIM_TAKEN, Kind.CLAIM_EXTENDED, Kind.CLAIM_CHANGED, Kind.CLAIM_RELEASED,
         Kind.CLAIM_EXPIRED, Kind.DRAFT_OFFERED, Kind.DRAFT_TAKEN),
    ),
    "discussion": (
        _("Discussion"),
        (Kind.COMMENT_ADDED, Kind.COMMENT_CHANGED, Kind.COMMENT_DELETED, Kind.COMMENT_RESTORED,
         Kind.COMMENT_RESOLVED, Kind.COMMENT_REOPENED),
    ),
    "experiments": (
        _("Experiments"),
        (Kind.EXPERIMENT_PROPOSED, Kind.EXPERIMENT_MOVED, Kind.EXPERIMENT_CLOSED),
    ),
    "meetings": (
        _("Meetings"),
        (Kind.MEETING_PLANNED, Kind.MEETING_CHANGED, Kind.MEETING_HELD, Kind.SERIES_CHANGED,
         Kind.PAPER_NOMINATED, Kind.PAPER_VOTED, Kind.PAPER_DISCUSSED, Kind.VERDICT_GIVEN,
         Kind.MINUTES_WRITTEN, Kind.ROTA_CHANGED),
    ),
    "topics": (
        _("Topics"),
        (Kind.TOPIC_ADDED, Kind.TOPIC_CHANGED, Kind.TOPIC_MERGED, Kind.TOPIC_DELETED,
         Kind.TOPIC_RESTORED),
    ),
    "people": (
        _("People"),
        (
            Kind.MEMBER_INVITED, Kind.MEMBER_JOINED, Kind.MEMBER_LEFT, Kind.JOIN_LINK_MADE,
            Kind.JOIN_LINK_REVOKED,
        ),
    ),
    "curation": (
        _("Curation"),
        CURATORS_ACTS,
    ),
}  # fmt: skip
"""Kinds as a reader chooses them: word, and the events it stands for."""

TOLD_ON_DESKS = (
    Kind.PAPER_ADDED, Kind.IMPORT_APPLIED, Kind.REVIEW_PUBLISHED, Kind.REVIEW_CHANGED,
    Kind.COMMENT_ADDED, Kind.EXPERIMENT_PROPOSED, Kind.EXPERIMENT_MOVED, Kind.EXPERIMENT_CLOSED,
    Kind.MEETING_PLANNED, Kind.MEETING_HELD, Kind.MEMBER_JOINED,
)  # fmt: skip
"""What a desk calls new; edits and claims are for the activity page."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One line: who did what to what. `sentence` has places for both, `{who}` and `{what}`."""

    at: datetime
    who: Person | None
    sentence: str
    title: str
    url: str
    aside: str = ""
    kind: str = ""
    reason: str = ""
    """Why, in the words of who did it; for members on this site, in no feed or message."""
    changes: Sequence[str] = ()
    """Settings before and after; for members on this site, too."""
    key: int = 0
    """The event's; 0 for a line that stands for several."""

    @property
    def text(self) -> str:
        """The line without markup, for feeds and mails."""
        who = self.who.name if self.who else gettext("Someone")
        said = self.sentence.format(who=who, what=self.title or gettext("a removed item"))
        return f"{said} · {self.aside}" if self.aside else said

    @property
    def html(self) -> SafeString:
        """The line with links to the person and to what it is about."""
        return self.render("")

    def render(self, site_url: str) -> SafeString:
        """The same with addresses on this site; for mails, whose addresses are whole."""
        who: str = gettext("Someone")
        if self.who:
            link = '<a class="activity-who" href="{}{}">{}</a>'
            who = format_html(link, site_url, self.who.url, self.who.name)
        what: str = self.title or gettext("a removed item")
        if self.url:
            link = '<a class="activity-what" href="{}{}" dir="auto">{}</a>'
            what = format_html(link, site_url, self.url, what)
        said = format_html(self.sentence, who=who, what=what)
        return format_html("{} · {}", said, self.aside) if self.aside else said


@dataclass(frozen=True, slots=True)
class Cursor:
    """The last event of a page; the next page goes on behind it."""

    at: datetime
    pk: int

    @classmethod
    def parse(cls, text: str) -> Self | None:
        """Read `1793268300000000-17` (microseconds of the epoch and the key); else None."""
        found = re.fullmatch(r"(\d{1,17})-(\d{1,18})", text, re.ASCII)
        if not found:
            return None
        at = datetime(1970, 1, 1, tzinfo=UTC) + timedelta(microseconds=int(found[1]))
        return cls(at, int(found[2]))

    def __str__(self) -> str:
        passed = self.at - datetime(1970, 1, 1, tzinfo=UTC)
        return f"{passed // timedelta(microseconds=1)}-{self.pk}"


@dataclass(frozen=True, slots=True)
class ActivityPage:
    """Some activities, the newest first, and where the earlier ones begin."""

    activities: Sequence[Activity]
    earlier: str


def list_activity(
    viewer: access.Viewer, lab: Lab, *, group: str = "", by: str = "", cursor: Cursor | None = None
) -> ActivityPage:
    """One page; one query. Unknown groups and people give an empty page, not an error."""
    events = access.events_visible_to(viewer, lab)
    if group:
        events = events.filter(kind__in=GROUPS[group][1] if group in GROUPS else [])
    if by:
        events = events.filter(by__handle__iexact=by)
    if cursor:
        events = events.filter(Q(at=cursor.at, pk__lt=cursor.pk) | Q(at__lt=cursor.at))
    rows = list(join_subjects(events)[: PAGE + 1])
    last = rows[PAGE - 1] if len(rows) > PAGE else None
    return ActivityPage(
        activities=list(_fold_verdicts(rows[:PAGE])),
        earlier=str(Cursor(last.at, last.pk)) if last else "",
    )


def _fold_verdicts(events: Sequence[Event]) -> Iterator[Activity]:
    """Each event in words; many verdicts in a row at one meeting are one line."""
    for (kind, meeting), group in groupby(events, lambda one: (one.kind, one.meeting_id)):
        run = list(group)
        if kind != Event.Kind.VERDICT_GIVEN or meeting is None or len(run) < MANY_VERDICTS:
            yield from map(make_activity, run)
            continue
        assert run[0].meeting is not None  # noqa: S101  the key says so
        said = ngettext("{n} verdict at {what}", "{n} verdicts at {what}", len(run))
        yield Activity(
            at=run[0].at,
            who=None,
            sentence=said.replace("{n}", str(len(run))),
            title=str(run[0].meeting),
            url=run[0].meeting.get_absolute_url(),
            kind=kind,
        )


def list_news(member: Member, lab: Lab, since: datetime, most: int) -> tuple[list[Activity], int]:
    """What others did since then, the newest first, and how much of it there is, counted up to
    COUNTED; two queries."""
    keys = [row[0] for row in _find_news(member, lab, since)]
    rows = _read_events(member, lab, keys[:most]) if keys else []
    return [make_activity(row) for row in rows], len(keys)


@prepared
def _find_news(viewer: access.Viewer, lab: Lab, since: datetime) -> QuerySet[Any, tuple[int]]:
    events = access.events_visible_to(viewer, lab).filter(at__gt=since, kind__in=TOLD_ON_DESKS)
    others = events.exclude(by=access.get_member(viewer)).order_by("-at", "-pk")
    return others.values_list("pk")[:COUNTED]


@prepared
def _read_events(viewer: access.Viewer, lab: Lab, event: int) -> QuerySet[Event]:
    return join_subjects(access.events_visible_to(viewer, lab).filter(pk__in=[event]))


def find_undoable(viewer: access.Viewer, page: ActivityPage, at: datetime) -> set[int]:
    """Which lines of a page the viewer can undo, by their events' keys; one query."""
    keys = [one.key for one in page.activities]
    rows = access.events_undoable_by(viewer, at).filter(pk__in=keys)
    return set(rows.order_by().values_list("pk", flat=True))


def find_explainable(viewer: access.Viewer, page: ActivityPage, at: datetime) -> set[int]:
    """Which lines of a page the viewer can give a reason for, by their events' keys; one query."""
    keys = [one.key for one in page.activities]
    rows = access.events_explainable_by(viewer, at).filter(pk__in=keys)
    return set(rows.order_by().values_list("pk", flat=True))


def list_actors(viewer: access.Viewer) -> list[Member]:
    """People to filter by: all who may have done something."""
    people = access.members_visible_to(viewer).exclude(state=Member.State.PLACEHOLDER)
    return list(people.only("pk", "handle", "name"))


def make_activity(event: Event) -> Activity:
    """The event in words; who may see the row it names decides what the page behind it shows."""
    title, url = name_subject(event)
    return Activity(
        at=event.at,
        who=make_person(event.by) if event.by else None,
        sentence=say_event(event),
        title=title,
        url=url,
        aside=say_aside(event),
        kind=event.kind,
        reason=event.data.get("reason", ""),
        changes=say_changes(event),
        key=event.pk,
    )


def join_subjects(events: EventQuerySet) -> EventQuerySet:
    """The events, the newest first, with all that `make_activity` reads; still one query."""
    rows = events.order_by("-at", "-pk").select_related(
        "by",
        "member",
        "paper",
        "topic",
        "review__paper",
        "review__member",
        "experiment",
        "meeting",
        "job",
    )
    return rows.only(
        "at", "kind", "data", "comment", "job",
        *(f"{who}__{name}" for who in ("by", "member") for name in ("handle", "name", "state")),
        "paper__title", "paper__slug", "topic__name", "topic__path",
        "review__paper__title", "review__paper__slug", "review__member__name",
        "review__deleted_at", "experiment__title", "meeting__title", "meeting__day",
        "meeting__number", "job__name",
    )  # fmt: skip
