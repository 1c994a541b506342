"""Builds what happens around the reviews: experiments, comments, meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Any

from papers.demo.calendar import Calendar
from papers.discussion.actions import add_comment, remove_comment, resolve_thread
from papers.discussion.queries import Subject
from papers.models import (
    AgendaItem,
    Comment,
    Event,
    Experiment,
    ExperimentLink,
    Meeting,
    Member,
    Paper,
    Review,
)
from papers.text.markdown import RENDERER_VERSION, render

Entry = dict[str, Any]
State = Experiment.State


class RestBuilder:
    """The half of the builder that comes after the reviews."""

    calendar: Calendar
    members: dict[str, Member]
    papers: dict[str, Paper]
    reviews: dict[str, Review]

    def __init__(self) -> None:
        self.experiments: dict[str, Experiment] = {}
        self.comments: dict[str, Comment] = {}

    def then(
        self, days: int, hour: int, act: Callable[[datetime], None], at: datetime | None = None
    ) -> None:
        """Plan one step."""
        raise NotImplementedError

    def plan_experiments(self, entries: list[Entry]) -> None:
        """Proposed with the review, then planned, running, closed."""
        for entry in entries:
            self.then(entry["days"], 12, partial(self.propose, entry))
            for state in (State.PLANNED, State.RUNNING):
                if state in entry:
                    self.then(entry[state], 13, partial(self.move, entry, state))
            if "closed" in entry:
                self.then(entry["closed"], 14, partial(self.close, entry))

    def propose(self, entry: Entry, at: datetime) -> None:
        """An idea from a review."""
        review = self.reviews[entry["review"]]
        experiment = self.experiments[entry["key"]] = Experiment.objects.create(
            title=entry["title"],
            hypothesis=entry.get("hypothesis", ""),
            plan=entry.get("plan", ""),
            plan_html=render(entry.get("plan", "")),
            cost=entry.get("cost", ""),
            renderer=RENDERER_VERSION,
            paper=review.paper,
            review=review,
            proposed_by=review.member,
            created_at=at,
            moved_at=at,
        )
        self.tell(Event.Kind.EXPERIMENT_PROPOSED, experiment, review.member, at)

    def move(self, entry: Entry, state: State, at: datetime) -> None:
        """To the next column of the board."""
        experiment = self.experiments[entry["key"]]
        before, owner = experiment.state, self.members[entry["owner"]]
        experiment.state, experiment.moved_at, experiment.owner = state, at, owner
        experiment.save()
        data = {"from": before, "to": str(state)}
        self.tell(Event.Kind.EXPERIMENT_MOVED, experiment, owner, at, data)

    def close(self, entry: Entry, at: datetime) -> None:
        """What came out."""
        experiment = self.experiments[entry["key"]]
        data = {"from": experiment.state, "to": entry["state"]}
        experiment.state, experiment.moved_at = State(entry["state"]), at
        experiment.closed_at, experiment.outcome = at, entry["outcome"]
        experiment.outcome_html = render(entry["outcome"])
        experiment.save()
        if "link" in entry:
            ExperimentLink.objects.create(experiment=experiment, url=entry["link"])
        by = experiment.owner or self.members["ada"]
        self.tell(Event.Kind.EXPERIMENT_CLOSED, experiment, by, at, data)

    def tell(
        self, kind: Event.Kind, experiment: Experiment, by: Member, at: datetime, data: Any = None
    ) -> None:
        """The event of an experiment."""
        Event.objects.create(
            kind=kind,
            at=at,
            by=by,
            paper=experiment.paper,
            review=experiment.review,
            experiment=experiment,
            data=data or {},
        )

    def plan_comments(self, entries: list[Entry]) -> None:
        """Threads and their answers; one is resolved, one deleted."""
        for entry in entries:
            self.then(entry["days"], 18 if "answers" in entry else 16, partial(self.say, entry))
            if "resolved" in entry:
                self.then(entry["days"] - 1, 9, partial(self.resolve, entry))
            if "deleted" in entry:
                self.then(entry["days"], 17, partial(self.delete, entry))

    def say(self, entry: Entry, at: datetime) -> None:
        """One comment."""
        parent = self.comments[entry["answers"]] if "answers" in entry else None
        subject = self.find_subject(parent, entry)
        by = self.members[entry["by"]]
        comment = add_comment(subject=subject, body=entry["body"], by=by, at=at, parent=parent)
        if "key" in entry:
            self.comments[entry["key"]] = comment

    def find_subject(self, parent: Comment | None, entry: Entry) -> Subject:
        """What the comment is about."""
        if parent and parent.paper:
            return parent.paper
        if "on_review" in entry:
            return self.reviews[entry["on_review"]]
        if "on_experiment" in entry:
            return self.experiments[entry["on_experiment"]]
        return self.papers[entry["on"]]

    def resolve(self, entry: Entry, at: datetime) -> None:
        """Settle the thread."""
        by = self.members[entry["resolved"]]
        resolve_thread(thread=self.comments[entry["key"]], by=by, at=at)

    def delete(self, entry: Entry, at: datetime) -> None:
        """Take the comment back."""
        by = self.members[entry["by"]]
        remove_comment(comment=self.comments[entry["key"]], by=by, at=at)

    def plan_meetings(self, entries: list[Entry]) -> None:
        """One meeting was held, one is to come."""
        for entry in entries:
            day = self.calendar.get_thursday(entry["when"])
            starts_at = self.calendar.put(day, entry["hour"])
            self.then(8, 18, partial(self.plan_meeting, entry, starts_at))
            if "record" in entry:
                self.then(0, 0, partial(self.hold, starts_at), at=starts_at)

    def plan_meeting(self, entry: Entry, starts_at: datetime, at: datetime) -> None:
        """A meeting with its agenda."""
        lead, record = self.members[entry["lead"]], entry.get("record", "").strip()
        meeting = Meeting.objects.create(
            title=entry["title"],
            day=starts_at.date(),
            starts_at=starts_at,
            minutes=entry["minutes"],
            place=entry["place"],
            lead=lead,
            record=record,
            record_html=render(record),
            renderer=RENDERER_VERSION,
            created_by=lead,
            created_at=at,
        )
        for position, item in enumerate(entry["items"]):
            self.put_on_agenda(meeting, item, position)
        Event.objects.create(kind=Event.Kind.MEETING_PLANNED, at=at, by=lead, meeting=meeting)

    def put_on_agenda(self, meeting: Meeting, item: Entry, position: int) -> None:
        """One item; those of a meeting with minutes were discussed."""
        record = item.get("record", "")
        AgendaItem.objects.create(
            meeting=meeting,
            paper=self.papers.get(item.get("paper", "")),
            experiment=self.experiments.get(item.get("experiment", "")),
            title=item.get("title", ""),
            presenter=self.members[item["presenter"]],
            minutes=item["minutes"],
            position=position,
            record=record,
            record_html=render(record),
            renderer=RENDERER_VERSION,
        )

    def hold(self, starts_at: datetime, at: datetime) -> None:
        """The meeting takes place."""
        meeting = Meeting.objects.get(starts_at=starts_at)
        meeting.held_at = at
        meeting.save(update_fields=["held_at"])
        meeting.items.filter(paper__isnull=False).update(discussed_at=at)
        by = meeting.lead
        Event.objects.create(kind=Event.Kind.MEETING_HELD, at=at, by=by, meeting=meeting)
