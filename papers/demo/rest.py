"""Builds what happens around the reviews: experiments, comments, meetings."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime, time
from functools import partial
from typing import Any

from papers.demo.calendar import Calendar
from papers.discussion.actions import add_comment, remove_comment, resolve_thread
from papers.discussion.queries import Subject
from papers.experiments.actions import (
    Idea,
    close_experiment,
    hand_experiment,
    link_experiment,
    move_experiment,
    propose_experiments,
)
from papers.meetings.agenda.actions.items import ItemFacts, add_item
from papers.meetings.series.actions.planning import MeetingFacts, plan_meeting
from papers.meetings.session.actions.minutes import save_minutes
from papers.meetings.session.actions.running import (
    cast_verdict,
    close_meeting,
    open_meeting,
    turn_to_item,
)
from papers.models import AgendaItem, Comment, Experiment, Meeting, Member, Paper, Review

Entry = dict[str, Any]
State = Experiment.State
IDEA = ("title", "hypothesis", "plan", "cost", "risk")
PHASES = ("before", "after")


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
        idea = Idea(**{name: entry.get(name, "") for name in IDEA})
        made = propose_experiments(
            ideas=[idea], by=review.member, at=at, paper=review.paper, review=review
        )
        self.experiments[entry["key"]] = made[0]

    def move(self, entry: Entry, state: State, at: datetime) -> None:
        """Picked up, which plans it; then to the next column of the board."""
        experiment, owner = self.experiments[entry["key"]], self.members[entry["owner"]]
        experiment = hand_experiment(experiment=experiment, to=owner, by=owner, at=at)
        experiment = move_experiment(experiment=experiment, state=state, by=owner, at=at)
        self.experiments[entry["key"]] = experiment

    def close(self, entry: Entry, at: datetime) -> None:
        """What came out."""
        experiment = self.experiments[entry["key"]]
        by = experiment.owner or self.members["ada"]
        state, outcome = entry["state"], entry["outcome"]
        close_experiment(experiment=experiment, state=state, outcome=outcome, by=by, at=at)
        if "link" in entry:
            link_experiment(experiment=experiment, url=entry["link"])

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
            self.then(8, 18, partial(self.plan_meeting, entry, day))
            if "record" in entry:
                starts_at = self.calendar.put(day, entry["hour"])
                self.then(0, 0, partial(self.hold, entry, day), at=starts_at)

    def plan_meeting(self, entry: Entry, day: date, at: datetime) -> None:
        """A meeting with its agenda."""
        lead = self.members[entry["lead"]]
        facts = MeetingFacts(
            day=day,
            time=time(entry["hour"]),
            minutes=entry["minutes"],
            title=entry["title"],
            place=entry["place"],
            lead=lead,
        )
        meeting = plan_meeting(facts=facts, by=lead, at=at)
        for item in entry["items"]:
            about = ItemFacts(
                paper=self.papers.get(item.get("paper", "")),
                experiment=self.experiments.get(item.get("experiment", "")),
                title=item.get("title", ""),
                minutes=item["minutes"],
                presenter=self.members[item["presenter"]],
            )
            add_item(meeting=meeting, facts=about, by=lead, at=at)

    def hold(self, entry: Entry, day: date, at: datetime) -> None:
        """The meeting takes place: verdicts before and after each talk, and minutes."""
        lead = self.members[entry["lead"]]
        meeting = open_meeting(meeting=Meeting.objects.get(day=day), by=lead, at=at)
        items = list(meeting.items.order_by("position", "pk"))
        for item, data in zip(items, entry["items"], strict=True):
            meeting = turn_to_item(meeting=meeting, item=item, by=lead, at=at)
            for phase in PHASES:
                for handle, verdict in data.get(phase, {}).items():
                    by = self.members[handle]
                    cast_verdict(item=item, phase=phase, verdict=verdict, by=by, at=at)
            self.write_minutes(meeting, item, data.get("record", ""), lead, at)
        self.write_minutes(meeting, None, entry["record"], lead, at)
        close_meeting(meeting=meeting, by=lead, at=at)

    def write_minutes(
        self, meeting: Meeting, item: AgendaItem | None, text: str, by: Member, at: datetime
    ) -> None:
        """What was said of an item, or of the meeting as a whole."""
        if text.strip():
            save_minutes(meeting=meeting, item=item, text=text.strip(), base="", by=by, at=at)
