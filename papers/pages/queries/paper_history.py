"""What happened to a paper, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from papers import access
from papers.models import Event, Lab, Paper

MOST = 200

_WORDS = {
    Event.Kind.PAPER_ADDED: "added it",
    Event.Kind.PAPER_CHANGED: "changed it",
    Event.Kind.PAPER_LISTED: "listed it",
    Event.Kind.TOPIC_CHANGED: "changed its place in a topic",
    Event.Kind.CLAIM_TAKEN: "claimed it",
    Event.Kind.CLAIM_EXTENDED: "took more time",
    Event.Kind.CLAIM_RELEASED: "gave it back",
    Event.Kind.CLAIM_EXPIRED: "let the claim expire",
    Event.Kind.REVIEW_PUBLISHED: "published a review",
    Event.Kind.REVIEW_CHANGED: "changed a review",
    Event.Kind.REVIEW_DELETED: "deleted a review",
    Event.Kind.REVIEW_RESTORED: "brought a review back",
    Event.Kind.COMMENT_ADDED: "commented",
    Event.Kind.EXPERIMENT_PROPOSED: "proposed an experiment",
    Event.Kind.EXPERIMENT_MOVED: "moved an experiment",
    Event.Kind.EXPERIMENT_CLOSED: "recorded an outcome",
}


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the history: who did what, and when."""

    at: datetime
    name: str
    url: str
    words: str
    about: str = ""


def list_history(paper: Paper, viewer: access.Viewer, lab: Lab) -> list[Happening]:
    """What happened to the paper, the newest first."""
    events = access.events_visible_to(viewer, lab).filter(paper=paper)
    rows = events.select_related("by", "topic", "member")[:MOST]
    return list(_tell(rows))


def _tell(events: Iterable[Event]) -> Iterator[Happening]:
    for event in events:
        words = _WORDS.get(Event.Kind(event.kind), event.get_kind_display())
        name, url = (str(event.by), event.by.get_absolute_url()) if event.by else ("Somebody", "")
        yield Happening(event.at, name, url, words, _say_about(event))


def _say_about(event: Event) -> str:
    """The topic, or the member when somebody else acted for her."""
    if event.topic:
        return f"under {event.topic.name}"
    if event.member and event.member != event.by:
        return f"for {event.member}"
    return ""
