"""Making notices out of events: who is told of what, and for which reason.

A job reads the events since its last run, and a while before it, since transactions may commit
later than they began; a notice that is there is not made twice. What is closed to a member is
not told to her.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Count, F, OuterRef, Q, Subquery
from django.db.models.functions import Coalesce

from papers import access
from papers.activity.queries import TOLD_ON_DESKS
from papers.models import (
    Claim,
    Event,
    Follow,
    Lab,
    Listing,
    Member,
    Notification,
    NotificationMark,
    Review,
)
from papers.search.queries import find_papers

Kind = Event.Kind

LOOK_BACK = timedelta(minutes=10)
"""Longer than any transaction lasts."""

AT_A_TIME = 500
"""Events of one round."""

TOLD = (
    *TOLD_ON_DESKS,
    Kind.PAPER_UPDATED,
    Kind.PAPER_LISTED,
    Kind.DRAFT_OFFERED,
    Kind.PAPER_DISCUSSED,
)
FOUND = (Kind.PAPER_ADDED, Kind.REVIEW_PUBLISHED)
"""After these a paper may answer a search that it did not answer before."""

TOLD_PERSONALLY = (Kind.COMMENT_CHANGED, Kind.PAPER_MERGED, Kind.PAPER_RESTORED)
"""Told to nobody but those whom they name."""

ABOUT_REVIEWED = (Kind.PAPER_UPDATED, Kind.REVIEW_PUBLISHED)
"""Told to those who reviewed or claimed the paper."""

ORDER = {why: number for number, why in enumerate(Notification.Why)}


def create_notifications(*, at: datetime) -> int:
    """Tell members of what happened up to `at`; the number of new notices."""
    lab = access.get_lab()
    with transaction.atomic():
        NotificationMark.objects.get_or_create(pk=1, defaults={"at": at})
        mark = NotificationMark.objects.select_for_update().get(pk=1)
        events = Event.objects.filter(at__gt=mark.at - LOOK_BACK, at__lte=at)
        rows = list(
            events.filter(
                Q(kind__in=(*TOLD, *TOLD_PERSONALLY))
                | Q(kind=Kind.COMMENT_CHANGED)
                | Q(data__has_key="told")
            )
            .select_related("review", "experiment")
            .order_by("at", "pk")[: AT_A_TIME + 1]
        )
        is_all = len(rows) <= AT_A_TIME
        rows = rows[:AT_A_TIME]
        number = _write(_choose(rows, lab, at), lab, at) if rows else 0
        # With more to come, the next round begins at the last event of this one.
        mark.at = at if is_all else max(rows[-1].at, mark.at) + LOOK_BACK
        mark.save(update_fields=["at"])
    return number


def mark_read(*, by: Member, at: datetime) -> int:
    """The member has seen her notices up to `at`; how many were new. A bookmark: no event."""
    with transaction.atomic():
        rows = Notification.objects.filter(member=by, read_at=None, at__lte=at)
        number = rows.update(read_at=at)
        if number or by.unread:
            count_unread([by.pk])
    return number


def count_unread(members: Sequence[int]) -> None:
    """Write the number beside the member, where every page finds it without a query."""
    unread = Notification.objects.filter(member=OuterRef("pk"), read_at=None).order_by()
    counted = unread.values("member").annotate(number=Count("pk")).values("number")
    rows = Member.objects.filter(pk__in=members).order_by()
    rows.update(unread=Coalesce(Subquery(counted), 0))


def _choose(
    events: Sequence[Event], lab: Lab, at: datetime
) -> dict[int, dict[int, Notification.Why]]:
    """By member: the events that she is told of, each with its most personal reason."""
    chosen: dict[int, dict[int, Notification.Why]] = defaultdict(dict)
    told = *_list_spoken_to(events), *_list_reviewers(events), *_list_followers(events)
    for event, member, why in told:
        _add(chosen, event, member, why)
    for event, member in _list_searchers(events, lab, at):
        _add(chosen, event, member, Notification.Why.SEARCH)
    return chosen


def _add(
    chosen: dict[int, dict[int, Notification.Why]], event: Event, member: int, why: Notification.Why
) -> None:
    if member != event.by_id:
        known = chosen[member].get(event.pk, why)
        chosen[member][event.pk] = min(known, why, key=ORDER.__getitem__)


def _list_spoken_to(events: Sequence[Event]) -> Iterator[tuple[Event, int, Notification.Why]]:
    """Whom a text mentions; whom a comment answers, or whose review or experiment it is about;
    whose turn or task something is; and whose reviews a merge touched."""
    for event in events:
        for pk in event.data.get("told", []):
            yield event, pk, Notification.Why.TURN
        for pk in event.data.get("mentions", []):
            yield event, pk, Notification.Why.MENTION
        for pk in event.data.get("reviewers", []):
            yield event, pk, Notification.Why.REVIEW
        if event.kind != Kind.COMMENT_ADDED:
            continue
        review, experiment = event.review, event.experiment
        owners = (event.member_id, review and review.member_id, experiment and experiment.owner_id)
        for owner in owners:
            if owner:
                yield event, owner, Notification.Why.REPLY


def _list_reviewers(events: Sequence[Event]) -> Iterator[tuple[Event, int, Notification.Why]]:
    """Who reviewed or claimed a paper of which something new appeared, or another review."""
    about = [event for event in events if event.kind in ABOUT_REVIEWED]
    papers = {event.paper_id for event in about}
    if not papers:
        return
    reviews = Review.objects.current().filter(paper__in=papers).values_list("paper", "member")
    claims = Claim.objects.open().filter(paper__in=papers).values_list("paper", "member")
    readers: dict[int, set[int]] = defaultdict(set)
    for paper, member in (*reviews, *claims):
        readers[paper].add(member)
    for event in about:
        for member in readers[event.paper_id or 0]:
            yield event, member, Notification.Why.REVIEW


def _list_followers(events: Sequence[Event]) -> Iterator[tuple[Event, int, Notification.Why]]:
    told = [event for event in events if event.kind in TOLD]
    papers = {event.paper_id for event in told if event.paper_id}
    by_paper, by_topic, by_member = _read_follows(papers, {e.by_id for e in told if e.by_id})
    topics: dict[int, set[str]] = defaultdict(set)
    for paper, path in Listing.objects.filter(paper__in=papers).values_list("paper", "topic__path"):
        topics[paper].add(path)
    for event in told:
        for who in by_paper.get(event.paper_id or 0, ()):
            yield event, who, Notification.Why.PAPER
        for who in by_member.get(event.by_id or 0, ()):
            yield event, who, Notification.Why.MEMBER
        paths = topics.get(event.paper_id or 0, ())
        for followed, who in by_topic:
            if any(path == followed or path.startswith(f"{followed}/") for path in paths):
                yield event, who, Notification.Why.TOPIC


def _read_follows(
    papers: set[int], members: set[int]
) -> tuple[dict[int, list[int]], list[tuple[str, int]], dict[int, list[int]]]:
    by_paper: dict[int, list[int]] = defaultdict(list)
    by_member: dict[int, list[int]] = defaultdict(list)
    by_topic: list[tuple[str, int]] = []
    rows = Follow.objects.filter(
        Q(paper__in=papers) | Q(member__in=members) | Q(topic__isnull=False)
    )
    for who, paper, member, path in rows.values_list("by", "paper", "member", "topic__path"):
        if paper:
            by_paper[paper].append(who)
        elif member:
            by_member[member].append(who)
        else:
            by_topic.append((path, who))
    return by_paper, by_topic, by_member


def _list_searchers(events: Sequence[Event], lab: Lab, at: datetime) -> Iterator[tuple[Event, int]]:
    """Who follows a search that a new paper or a newly reviewed one answers."""
    by_paper = {event.paper_id: event for event in events if event.kind in FOUND}
    if not by_paper:
        return
    today = at.astimezone(lab.zone).date()
    follows = Follow.objects.exclude(search="").filter(by__state=Member.State.ACTIVE)
    for one in follows.select_related("by"):
        found = find_papers(
            f"({one.search}) sort:new", by=one.by, lab=lab, today=today, limit=len(by_paper) + 50
        )
        for pk in set(found.paper_ids) & by_paper.keys() if not found.is_relaxed else ():
            if by_paper[pk].at > one.at:
                yield by_paper[pk], one.by_id


def _write(chosen: dict[int, dict[int, Notification.Why]], lab: Lab, at: datetime) -> int:
    number = 0
    for member in Member.objects.active().filter(pk__in=chosen).order_by("pk"):
        visible = access.events_visible_to(member, lab).filter(pk__in=chosen[member.pk])
        keys = set(visible.values_list("pk", flat=True))
        before = Notification.objects.filter(member=member, event__in=keys)
        new = keys - set(before.values_list("event", flat=True))
        reasons = _withhold_mentions(chosen[member.pk], member, lab)
        Notification.objects.bulk_create(
            [Notification(member=member, event_id=pk, why=reasons[pk], at=at) for pk in new],
            ignore_conflicts=True,
        )
        if new:
            Member.objects.filter(pk=member.pk).update(unread=F("unread") + len(new))
        number += len(new)
    return number


def _withhold_mentions(
    reasons: dict[int, Notification.Why], member: Member, lab: Lab
) -> dict[int, Notification.Why]:
    """What a review says, and so whom it mentions, stays unknown to those who may not read it:
    they claimed its paper, and are told that it was reviewed."""
    mentions = [pk for pk, why in reasons.items() if why == Notification.Why.MENTION]
    if not mentions or access.is_all_open_to(member, lab):
        return reasons
    closed = Event.objects.filter(pk__in=mentions, review__isnull=False).exclude(
        review__in=access.reviews_visible_to(member, lab)
    )
    return reasons | dict.fromkeys(closed.values_list("pk", flat=True), Notification.Why.REVIEW)
