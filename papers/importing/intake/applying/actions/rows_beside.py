"""What stands beside papers: links, places under topics, and reading-list claims."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from typing import Any

from django.db.models import Max

from papers.importing.intake.applying.actions.filling import render_text
from papers.importing.intake.applying.actions.intake import Intake
from papers.importing.intake.matching.queries.comparing import show
from papers.importing.reading.drafts.understood import ClaimDraft, PaperDraft, TopicPath
from papers.models import Claim, Link, Listing
from papers.text.link_kinds import link_kind

LISTED = ("topic", "paper", "note")
"""Columns by which a listing is known again."""


def bring_links(intake: Intake) -> None:
    """Links that a paper does not have yet, behind those that it has."""
    wanted = {
        (intake.papers[draft.key].pk, link.url): link
        for draft in intake.document.drafts
        for link in draft.links
        if len(link.url) <= 2000
    }
    papers = intake.older({pk for pk, _ in wanted})
    here = set(Link.objects.filter(paper__in=papers).values_list("paper", "url"))
    places = Counter(pk for pk, _ in here)
    kinds = frozenset(Link.Kind.values)
    rows = []
    for (pk, url), link in wanted.items():
        if (pk, url) not in here:
            kind = link.kind if link.kind in kinds else link_kind(url)
            rows.append((pk, url, kind, link.label[:200], places[pk]))
            places[pk] += 1
    intake.write(Link, ("paper", "url", "kind", "label", "position"), rows)


def bring_listings(intake: Intake) -> None:
    """Places under topics, with what is said of the paper there."""
    wanted: dict[tuple[int, int], tuple[int, str]] = {}
    for draft in intake.document.drafts:
        for topic, (position, note) in _notes_by_topic(draft).items():
            place = (intake.topics[topic].pk, intake.papers[draft.key].pk)
            wanted.setdefault(place, (position, note))
    topics = {topic for topic, _ in wanted}
    rows = Listing.objects.filter(topic__in=topics)
    here = {(topic, paper): note for topic, paper, note in rows.values_list(*LISTED)}
    _note_left_listings(intake, {place: note for place, (_, note) in wanted.items()} | here)
    last = _last(Listing.objects.filter(topic__in=topics), "topic")
    new = [
        (*place, last.get(place[0], 0) + at, intake.by.pk, intake.at, note, *render_text(note))
        for place, (at, note) in wanted.items()
        if place not in here
    ]
    columns = ("topic", "paper", "position", "added_by", "added_at", "note")
    intake.write(Listing, (*columns, "note_html", "renderer"), new)
    intake.outcome.listings = len(new)


def _note_left_listings(intake: Intake, notes: Mapping[tuple[int, int], str]) -> None:
    """What is said of a paper in its topic stays where something was said already."""
    for draft in intake.document.drafts:
        if draft.key not in intake.left:
            continue
        for topic, (__, note) in _notes_by_topic(draft).items():
            here = notes[intake.topics[topic].pk, intake.papers[draft.key].pk]
            if note and note != here:
                intake.left[draft.key]["listing"] = [show(note), show(here)]


def bring_claims(intake: Intake, reviewed: set[tuple[int, int]]) -> None:
    """Standing claims without a lease; with a review they have ended as reviewed."""
    wanted: dict[tuple[int, int], ClaimDraft] = {}
    for number, draft in enumerate(intake.document.drafts, 1):
        paper = intake.papers[draft.key].pk
        for claim in draft.claims:
            wanted.setdefault((paper, intake.members[claim.member.casefold()].pk), claim)
        if draft.review and not draft.claims and (paper, intake.by.pk) in reviewed:
            topic = draft.listings[0].topic if draft.listings else ()
            wanted.setdefault(
                (paper, intake.by.pk), ClaimDraft(intake.by.handle, draft.line, number, topic)
            )
    people = {member for _, member in wanted}
    here = set(Claim.objects.filter(member__in=people).values_list("paper", "member"))
    last = _last(Claim.objects.filter(member__in=people), "member")
    rows = []
    for place, claim in wanted.items():
        if place in here:
            continue
        under = intake.topics.get(claim.topic)
        position = last.get(place[1], 0) + claim.position
        ended = (intake.at, Claim.Ending.REVIEWED.value) if place in reviewed else (None, "")
        rows.append((*place, intake.at, position, under.pk if under else None, *ended))
    columns = ("paper", "member", "claimed_at", "position", "topic", "ended_at", "ending")
    intake.write(Claim, columns, rows)
    intake.outcome.claims = len(rows)


def _notes_by_topic(draft: PaperDraft) -> dict[TopicPath, tuple[int, str]]:
    """The draft's place under each topic, and all that is said of it there."""
    found: dict[TopicPath, tuple[int, str]] = {}
    for one in draft.listings:
        if one.topic:
            position, note = found.get(one.topic, (one.position, ""))
            parts = [note, "" if one.note in note else one.note]
            found[one.topic] = (position, "\n\n".join(part for part in parts if part))
    return found


def _last(rows: Any, by: str) -> dict[int, int]:
    """The last position in each group."""
    return dict(rows.order_by().values_list(by).annotate(last=Max("position")))
