"""Atom feeds (RFC 4287): digest, a topic, a member, a search, activity.

Whoever opens one is the member of the token in its address, or a stranger where the lab reads in
public; what she sees is decided by access, as on every page.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape

from papers import access
from papers.activity.queries import TOLD_ON_DESKS, join_subjects, make_activity
from papers.digest.queries.issues import read_closed
from papers.models import DigestIssue, Event, Lab, Member, Topic
from papers.models.event import EventQuerySet
from papers.moments import say_issue
from papers.search.queries import find_papers
from papers.text.formulas import to_letters
from papers.text.rendering.tidying import tidy
from papers.text.weeks import Week

MOST = 50


@dataclass(frozen=True, slots=True)
class Source:
    """Where a feed comes from: its title, its page, and its own address without the token."""

    title: str
    url: str
    feed_url: str


def write_digests(viewer: access.Viewer, lab: Lab, source: Source) -> str:
    """The newest closed issues."""
    feed = _begin(lab, source)
    for issue in DigestIssue.objects.closed()[:12]:
        read, week = read_closed(issue, viewer, lab), Week(issue.year, issue.week)
        titles = [f"{one.title} ({one.reviewer})" for one in read.digest.reviews.items]
        feed.add_item(
            title=say_issue(week),
            link=f"{settings.SITE_URL}{issue.get_absolute_url()}",
            description=" ".join([read.digest.lead, *titles]),
            unique_id=f"{settings.SITE_URL}{issue.get_absolute_url()}",
            updateddate=issue.closed_at,
            pubdate=issue.closed_at,
            author_name=lab.name,
        )
    return feed.writeString("utf-8")


def write_activity(viewer: access.Viewer, lab: Lab, source: Source) -> str:
    """What happened."""
    return _write_events(_list_told(viewer, lab), lab, source)


def write_topic(topic: Topic, viewer: access.Viewer, lab: Lab, source: Source) -> str:
    """What happened to the papers of a topic and those below it."""
    under = Q(paper__listings__topic__path=topic.path) | Q(
        paper__listings__topic__path__startswith=f"{topic.path}/"
    )
    told = _list_told(viewer, lab)
    keys = told.filter(under).order_by("-at", "-pk").values("pk", "at").distinct()[:MOST]
    return _write_events(told.filter(pk__in=[row["pk"] for row in keys]), lab, source)


def write_member(member: Member, viewer: access.Viewer, lab: Lab, source: Source) -> str:
    """What a member did."""
    return _write_events(_list_told(viewer, lab).filter(by=member), lab, source)


def write_search(text: str, viewer: access.Viewer, lab: Lab, source: Source, now: datetime) -> str:
    """The newest papers that answer a search."""
    feed, today = _begin(lab, source), now.astimezone(lab.zone).date()
    found = find_papers(f"({text}) sort:new", by=viewer, lab=lab, today=today, limit=MOST)
    keys = [] if found.is_relaxed else found.paper_ids
    for paper in access.papers_visible_to(viewer, lab).filter(pk__in=keys).newest_first():
        feed.add_item(
            title=to_letters(paper.title),
            link=f"{settings.SITE_URL}{paper.get_absolute_url()}",
            description=paper.abstract,
            unique_id=f"{settings.SITE_URL}/papers/{paper.pk}/",
            updateddate=paper.added_at,
            pubdate=paper.added_at,
            author_name=", ".join(paper.authors) or lab.name,
        )
    return feed.writeString("utf-8")


def _list_told(viewer: access.Viewer, lab: Lab) -> EventQuerySet:
    return access.events_visible_to(viewer, lab).filter(kind__in=TOLD_ON_DESKS)


def _write_events(events: EventQuerySet, lab: Lab, source: Source) -> str:
    feed = _begin(lab, source)
    rows: QuerySet[Event] | Sequence[Event] = join_subjects(events)[:MOST]
    for event in rows:
        one = make_activity(event)
        who = one.who.name if one.who else lab.name
        feed.add_item(
            title=one.text,
            link=f"{settings.SITE_URL}{one.url}",
            description=one.aside,
            unique_id=f"{settings.SITE_URL}/activity/#event-{event.pk}",
            updateddate=event.at,
            pubdate=event.at,
            author_name=who,
        )
    return feed.writeString("utf-8")


def _begin(lab: Lab, source: Source) -> Atom1Feed:
    """`updated` of a feed without entries must be there too and must not move."""
    return _Feed(
        title=tidy(f"{lab.name}: {source.title}"),
        link=f"{settings.SITE_URL}{source.url}",
        description="",
        feed_url=f"{settings.SITE_URL}{source.feed_url}",
        feed_guid=f"{settings.SITE_URL}{source.feed_url}",
        author_name=lab.name,
        language="en",
    )


class _Feed(Atom1Feed):
    """An empty feed is as old as time, not as young as this second; texts fit into XML.

    Titles and names are plain text in Atom, as everything that declares no type (RFC 4287,
    section 3.1). Django declares a summary as HTML, so what somebody wrote is escaped for that
    too: readers undo XML's escaping, and show what is left as a page.
    """

    def add_item(self, *, description: str, **item: Any) -> None:  # type: ignore[override]
        """Without the characters that XML has no way to write."""
        kept: dict[str, Any] = {
            name: tidy(value) if isinstance(value, str) else value for name, value in item.items()
        }
        super().add_item(description=escape(tidy(description)), **kept)

    def latest_post_date(self) -> datetime:
        dates = [item["updateddate"] for item in self.items]
        return max(dates, default=datetime.combine(datetime(2000, 1, 1), time(), UTC))  # noqa: DTZ001
