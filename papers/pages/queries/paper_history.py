"""What happened to a paper, in words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext, ngettext, pgettext
from django.utils.translation import gettext_lazy as _

from papers import access
from papers.activity.queries import MANY_VERDICTS
from papers.models import Event, Lab, Paper

MOST = 200

_WORDS = {
    Event.Kind.PAPER_ADDED: _("{who} added this paper"),
    Event.Kind.PAPER_CHANGED: _("{who} edited the details"),
    Event.Kind.PAPER_FILLED: _("The details were filled in"),
    Event.Kind.PAPER_UPDATED: _("There was news about this paper"),
    Event.Kind.PAPER_LISTED: _("{who} added this paper to a topic"),
    Event.Kind.TOPIC_CHANGED: _("{who} moved this paper within a topic"),
    Event.Kind.CLAIM_TAKEN: _("{who} claimed this paper"),
    Event.Kind.CLAIM_EXTENDED: _("{who} extended the claim"),
    Event.Kind.CLAIM_RELEASED: _("{who} released this paper"),
    Event.Kind.CLAIM_EXPIRED: _("{who} had the claim expire"),
    Event.Kind.REVIEW_PUBLISHED: _("{who} published a review"),
    Event.Kind.REVIEW_CHANGED: _("{who} edited the review"),
    Event.Kind.REVIEW_DELETED: _("{who} deleted the review"),
    Event.Kind.REVIEW_RESTORED: _("{who} restored the review"),
    Event.Kind.COMMENT_ADDED: _("{who} commented"),
    Event.Kind.EXPERIMENT_PROPOSED: _("{who} proposed an experiment"),
    Event.Kind.EXPERIMENT_MOVED: _("{who} updated an experiment"),
    Event.Kind.EXPERIMENT_CLOSED: _("{who} recorded an outcome"),
    Event.Kind.PAPER_DISCUSSED: _("This paper was discussed"),
}


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One line of the history: who did what, and when."""

    at: datetime
    html: SafeString
    about: str = ""


def list_history(paper: Paper, viewer: access.Viewer, lab: Lab) -> list[HistoryLine]:
    """What happened to the paper, the newest first."""
    events = access.events_visible_to(viewer, lab).filter(paper=paper)
    rows = events.select_related("by", "topic", "member")[:MOST]
    return list(_describe(rows))


def _describe(events: Iterable[Event]) -> Iterator[HistoryLine]:
    """Each event in words; many verdicts in a row are one line."""
    for kind, group in groupby(events, lambda one: one.kind):
        run = list(group)
        if kind == Event.Kind.VERDICT_GIVEN and len(run) >= MANY_VERDICTS:
            said = ngettext("{n} verdict was given", "{n} verdicts were given", len(run))
            yield HistoryLine(run[0].at, format_html(said, n=len(run)))
        else:
            yield from map(_make_line, run)


def _make_line(event: Event) -> HistoryLine:
    words = _WORDS.get(Event.Kind(event.kind)) or f"{{who}} {event.get_kind_display()}"
    return HistoryLine(event.at, format_html(str(words), who=_link(event)), _say_about(event))


def _link(event: Event) -> str:
    """Who did it, with the way to their page."""
    if event.by is None:
        return gettext("Someone")
    return format_html('<a href="{}">{}</a>', event.by.get_absolute_url(), event.by)


def _say_about(event: Event) -> str:
    """The topic, or the member when someone else acted for them."""
    if event.topic:
        return event.topic.name
    if event.member and event.member != event.by:
        return pgettext("a person", "for %(name)s") % {"name": event.member}
    return ""
