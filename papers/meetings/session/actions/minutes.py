"""Minutes by several hands, and what is agreed on: experiments for the board, papers to review."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from papers.claims.actions.claims import claim_paper
from papers.events import record
from papers.experiments.actions import Idea, hand_experiment, propose_experiments
from papers.models import (
    AgendaItem,
    Event,
    Meeting,
    MeetingAction,
    Member,
    MinutesRevision,
    Paper,
)
from papers.text.markdown import RENDERER_VERSION, render_once
from papers.text.one_line import tidy_breaks
from papers.text.sandboxed import join, merge


@dataclass(frozen=True, slots=True)
class Saved:
    """What stands now; `is_together` when it holds more than what was sent."""

    text: str
    number: int
    is_together: bool = False


@dataclass(eq=False)
class MinutesClash(Exception):
    """Somebody changed the same lines since this text was opened; nothing was overwritten."""

    theirs: str
    mine: str

    @property
    def joined(self) -> str:
        """Both texts in one, lines that they share once."""
        return join(self.theirs, self.mine)


def save_minutes(
    *,
    meeting: Meeting,
    text: str,
    base: str,
    by: Member,
    at: datetime,
    item: AgendaItem | None = None,
) -> Saved:
    """Save the minutes of a meeting, or of one item of it.

    `base` is the text that the writer began from. Others' changes since then are kept beside
    hers; every text is kept as a revision. Saving the same text twice changes nothing. Raises
    MinutesClash when the same lines were changed.
    """
    text, base = tidy_breaks(text).rstrip(), tidy_breaks(base).rstrip()
    with transaction.atomic():
        place = _lock(meeting, item)
        standing = place.record
        together = text if standing == base else merge(base, standing, text)
        if together is None:
            raise MinutesClash(standing, text)
        if together != standing:
            _write(place, together)
            _keep(place, by, at)
    return Saved(place.record, place.record_number, place.record != text)


def agree_on_experiment(
    *,
    meeting: Meeting,
    idea: Idea,
    by: Member,
    at: datetime,
    item: AgendaItem | None = None,
    owner: Member | None = None,
) -> MeetingAction:
    """Make an experiment of what was agreed on. The same title twice in a meeting is one."""
    with transaction.atomic():
        Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)
        same = meeting.actions.filter(experiment__title=idea.title).first()
        if same:
            return same
        paper = item.paper if item else None
        [experiment] = propose_experiments(ideas=[idea], by=by, at=at, paper=paper, meeting=meeting)
        if owner:
            hand_experiment(experiment=experiment, to=owner, by=by, at=at)
        return MeetingAction.objects.create(
            meeting=meeting, item=item, experiment=experiment, made_by=by, made_at=at
        )


def agree_on_claim(
    *,
    meeting: Meeting,
    paper: Paper,
    member: Member,
    by: Member,
    at: datetime,
    item: AgendaItem | None = None,
) -> MeetingAction:
    """A member takes a paper to review it. Raises what `claim_paper` raises."""
    with transaction.atomic():
        claim = claim_paper(paper=paper, by=member, at=at)
        action, _ = MeetingAction.objects.get_or_create(
            meeting=meeting, claim=claim, defaults={"item": item, "made_by": by, "made_at": at}
        )
        data = {"act": "assigned", "told": [member.pk]}
        record(Event.Kind.MEETING_CHANGED, paper, meeting, by=by, at=at, data=data)
    return action


def _lock(meeting: Meeting, item: AgendaItem | None) -> Meeting | AgendaItem:
    if item:
        items = AgendaItem.objects.select_for_update(no_key=True, of=("self",))
        return items.select_related("meeting").get(pk=item.pk, meeting=meeting)
    return Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=meeting.pk)


def _write(place: Meeting | AgendaItem, text: str) -> None:
    rendering = render_once(text)
    place.record, place.record_html = text, rendering.html
    place.renderer = RENDERER_VERSION if rendering.is_final else 0
    place.record_number += 1
    place.save(update_fields=["record", "record_html", "renderer", "record_number"])


def _keep(place: Meeting | AgendaItem, by: Member, at: datetime) -> None:
    """Keep the text as a revision. An event tells once that a member wrote, not every save."""
    is_item = isinstance(place, AgendaItem)
    meeting = place.meeting if isinstance(place, AgendaItem) else place
    item = place if isinstance(place, AgendaItem) else None
    has_written = MinutesRevision.objects.filter(meeting=meeting, item=item, by=by).exists()
    MinutesRevision.objects.create(
        meeting=meeting, item=item, number=place.record_number, text=place.record, by=by, at=at
    )
    if not has_written:
        data = {"of": "item" if is_item else "meeting"}
        record(Event.Kind.MINUTES_WRITTEN, place, by=by, at=at, data=data)
