"""Reads of what happened: the activity page, and what is new on a desk."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from django.db.models import Q, QuerySet

from papers import access
from papers.caching.prepared import prepared
from papers.models import Event, Experiment, Lab, Member
from papers.models.event import EventQuerySet
from papers.people import Person, make_person
from papers.text import addresses

PAGE = 50
"""Events on a page."""

COUNTED = 100
"""News that a desk counts; the activity page has all."""

Kind = Event.Kind

GROUPS: dict[str, tuple[str, tuple[Kind, ...]]] = {
    "papers": (
        "Papers",
        (Kind.PAPER_ADDED, Kind.PAPER_CHANGED, Kind.PAPER_LISTED, Kind.PAPERS_SORTED,
         Kind.IMPORT_TAKEN_IN, Kind.IMPORT_UNDONE),
    ),
    "reviews": (
        "Reviews",
        (Kind.REVIEW_PUBLISHED, Kind.REVIEW_CHANGED, Kind.REVIEW_DELETED, Kind.REVIEW_RESTORED,
         Kind.CRITIQUE_MARKED),
    ),
    "claims": (
        "Claims",
        (Kind.CLAIM_TAKEN, Kind.CLAIM_EXTENDED, Kind.CLAIM_CHANGED, Kind.CLAIM_RELEASED,
         Kind.CLAIM_EXPIRED, Kind.DRAFT_OFFERED, Kind.DRAFT_TAKEN),
    ),
    "discussion": (
        "Discussion",
        (Kind.COMMENT_ADDED, Kind.COMMENT_CHANGED, Kind.COMMENT_DELETED, Kind.COMMENT_RESTORED,
         Kind.COMMENT_RESOLVED, Kind.COMMENT_REOPENED),
    ),
    "experiments": (
        "Experiments",
        (Kind.EXPERIMENT_PROPOSED, Kind.EXPERIMENT_MOVED, Kind.EXPERIMENT_CLOSED),
    ),
    "meetings": (
        "Meetings",
        (Kind.MEETING_PLANNED, Kind.MEETING_CHANGED, Kind.MEETING_HELD, Kind.SERIES_CHANGED,
         Kind.PAPER_NOMINATED, Kind.PAPER_VOTED, Kind.PAPER_DISCUSSED, Kind.VERDICT_GIVEN,
         Kind.MINUTES_WRITTEN, Kind.ROTA_CHANGED),
    ),
    "topics": ("Topics", (Kind.TOPIC_ADDED, Kind.TOPIC_CHANGED)),
    "people": ("People", (Kind.MEMBER_INVITED, Kind.MEMBER_JOINED)),
}  # fmt: skip
"""Kinds as a reader chooses them: word, and the events it stands for."""

TOLD_ON_DESKS = (
    Kind.PAPER_ADDED, Kind.IMPORT_TAKEN_IN, Kind.REVIEW_PUBLISHED, Kind.REVIEW_CHANGED,
    Kind.COMMENT_ADDED, Kind.EXPERIMENT_PROPOSED, Kind.EXPERIMENT_MOVED, Kind.EXPERIMENT_CLOSED,
    Kind.MEETING_PLANNED, Kind.MEETING_HELD, Kind.MEMBER_JOINED,
)  # fmt: skip
"""What a desk calls new; edits and claims are for the activity page."""


@dataclass(frozen=True, slots=True)
class Activity:
    """One line: who did what to what."""

    at: datetime
    who: Person | None
    verb: str
    title: str
    url: str
    aside: str = ""
    kind: str = ""


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
        activities=[make_activity(row) for row in rows[:PAGE]],
        earlier=str(Cursor(last.at, last.pk)) if last else "",
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


def list_actors(viewer: access.Viewer) -> list[Member]:
    """People to filter by: all who may have done something."""
    people = access.members_visible_to(viewer).exclude(state=Member.State.PLACEHOLDER)
    return list(people.only("pk", "handle", "name"))


def make_activity(event: Event) -> Activity:
    """The event in words; who may see the row it names decides what the page behind it shows."""
    title, url = _name_subject(event)
    return Activity(
        at=event.at,
        who=make_person(event.by) if event.by else None,
        verb=_say_verb(event),
        title=title,
        url=url,
        aside=_say_aside(event),
        kind=event.kind,
    )


def join_subjects(events: EventQuerySet) -> EventQuerySet:
    """The events, the newest first, with all that `make_activity` reads; still one query."""
    rows = events.order_by("-at", "-pk").select_related(
        "by", "member", "paper", "topic", "review__paper", "review__member", "experiment", "meeting"
    )
    return rows.only(
        "at", "kind", "data", "comment", "job",
        *(f"{who}__{name}" for who in ("by", "member") for name in ("handle", "name", "state")),
        "paper__title", "paper__slug", "topic__name", "topic__path",
        "review__paper__title", "review__paper__slug", "review__member__name",
        "review__deleted_at", "experiment__title", "meeting__title", "meeting__day",
    )  # fmt: skip


def _name_subject(event: Event) -> tuple[str, str]:
    """What the event is about, the most particular first, and where it is shown."""
    if event.experiment:
        url = event.experiment.get_absolute_url()
        if event.comment_id:
            url += f"#comment-{event.comment_id}"
        return event.experiment.title, url
    if event.review and not event.review.deleted_at:
        url = event.review.get_absolute_url()
        if event.comment_id:
            url = f"{addresses.review_comments(event.review.pk)}#comment-{event.comment_id}"
        return event.review.paper.title, url
    if event.paper:
        anchor = f"#comment-{event.comment_id}" if event.comment_id else ""
        return event.paper.title, f"{event.paper.get_absolute_url()}{anchor}"
    if event.topic:
        return event.topic.name, event.topic.get_absolute_url()
    if event.meeting:
        return str(event.meeting), event.meeting.get_absolute_url()
    if event.member:
        return str(event.member), event.member.get_absolute_url()
    return "", ""


VERBS = {
    Kind.PAPER_ADDED: "added",
    Kind.PAPER_CHANGED: "mended",
    Kind.PAPER_LISTED: "listed",
    Kind.TOPIC_ADDED: "added the topic",
    Kind.TOPIC_CHANGED: "changed the topic",
    Kind.CLAIM_CHANGED: "set a due day for",
    Kind.DRAFT_OFFERED: "offered a draft on",
    Kind.DRAFT_TAKEN: "went on with a draft on",
    Kind.CLAIM_EXTENDED: "asked for more time on",
    Kind.CLAIM_RELEASED: "gave back",
    Kind.CLAIM_EXPIRED: "The claim expired on",
    Kind.REVIEW_PUBLISHED: "reviewed",
    Kind.REVIEW_CHANGED: "changed the review of",
    Kind.REVIEW_DELETED: "took back the review of",
    Kind.REVIEW_RESTORED: "brought back the review of",
    Kind.CRITIQUE_MARKED: "marked points in the review of",
    Kind.COMMENT_ADDED: "commented on",
    Kind.COMMENT_CHANGED: "edited a comment on",
    Kind.COMMENT_DELETED: "deleted a comment on",
    Kind.COMMENT_RESTORED: "brought back a comment on",
    Kind.COMMENT_RESOLVED: "resolved a thread on",
    Kind.COMMENT_REOPENED: "opened a thread again on",
    Kind.EXPERIMENT_PROPOSED: "proposed",
    Kind.MEETING_PLANNED: "planned",
    Kind.MEETING_CHANGED: "changed the plan of",
    Kind.MEETING_HELD: "led",
    Kind.SERIES_CHANGED: "changed the regular meeting",
    Kind.PAPER_NOMINATED: "nominated",
    Kind.PAPER_VOTED: "voted on",
    Kind.PAPER_DISCUSSED: "discussed",
    Kind.VERDICT_GIVEN: "gave a verdict on",
    Kind.MINUTES_WRITTEN: "wrote minutes of",
}
"""Verbs that read well before a title; other kinds say what the model says."""


SORTED = {
    "listed": "put {} under",
    "unlisted": "took {} out of",
    "slots": "set the places of {}",
    "nominated": "nominated {}",
    "undone": "took back what was done with {}",
}
"""Acts on many papers, with their number; the topic, if there is one, stands behind."""


def _say_verb(event: Event) -> str:
    after = event.data.get("after", "")
    if event.kind == Kind.EXPERIMENT_MOVED:
        if "owner" in event.data:
            return "picked up" if event.data["owner"] else "put down"
        return {"running": "started", "planned": "planned", "idea": "put back"}.get(after, "moved")
    if event.kind == Kind.EXPERIMENT_CLOSED:
        return "dropped" if after == Experiment.State.DROPPED else "finished"
    if event.kind == Kind.COMMENT_ADDED and event.member_id:
        return "answered on"
    if event.kind == Kind.PAPERS_SORTED:
        number = event.data.get("number", 0)
        papers = f"{number:,} paper" if number == 1 else f"{number:,} papers"
        return SORTED.get(event.data.get("act", ""), "sorted {}").format(papers)
    return VERBS.get(Kind(event.kind), str(Kind(event.kind).label))


def _say_aside(event: Event) -> str:
    """A few words behind the title."""
    if event.kind == Kind.EXPERIMENT_CLOSED and event.data.get("after") != Experiment.State.DROPPED:
        return str(event.data.get("after", ""))
    if event.kind == Kind.PAPER_LISTED and event.topic:
        return f"under {event.topic.name}"
    if event.review and event.comment_id:
        return f"the review by {event.review.member}"
    return ""
