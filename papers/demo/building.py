"""Builds the demo lab through the rooms' own actions, each at its time, the earliest first."""

from __future__ import annotations

import tomllib
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from papers.catalogue.actions.papers import PaperFacts, add_paper
from papers.claims.actions.claims import claim_paper, release_claim
from papers.demo.calendar import Calendar
from papers.demo.rest import RestBuilder
from papers.events import record
from papers.models import Claim, Event, GuidingQuestion, Lab, Member, Paper, Review, Topic
from papers.reviews.actions.publishing import publish_review
from papers.reviews.drafts.actions import save_draft
from papers.reviews.drafts.content import ReviewContent, Stamp
from papers.text.sections import TEXT_KEYS
from papers.topics.actions.nodes import add_topic

DATA = Path(__file__).parent / "data"
Entry = dict[str, Any]

CLAIMED_BEFORE = 5
"""Days between taking a paper and publishing its review."""


class Builder(RestBuilder):
    """Collects what happens as steps with a time, and takes the steps in order."""

    def __init__(self, now: datetime, password: str) -> None:
        self.lab_data = _read("lab")
        self.calendar = Calendar(now, ZoneInfo(self.lab_data["time_zone"]))
        self.password = password
        self.steps: list[tuple[datetime, int, Callable[[datetime], None]]] = []
        self.members: dict[str, Member] = {}
        self.topics: dict[str, Topic] = {}
        self.papers: dict[str, Paper] = {}
        self.reviews: dict[str, Review] = {}
        super().__init__()

    def build(self) -> None:
        """Everything; the caller opens the transaction."""
        self.found_lab()
        self.plan_papers(_read("papers")["papers"])
        self.plan_reviews(_read("reviews")["reviews"])
        talk = _read("talk")
        self.plan_claims(talk["claims"], talk["standing"], talk["drafts"])
        self.plan_experiments(talk["experiments"])
        self.plan_comments(talk["comments"])
        self.plan_meetings(talk["meetings"])
        for at, _, act in sorted(self.steps, key=lambda step: step[:2]):
            act(at)
        self.set_visits()

    def then(
        self, days: int, hour: int, act: Callable[[datetime], None], at: datetime | None = None
    ) -> None:
        """Plan one step; those of the same hour keep their order."""
        number = len(self.steps)
        at = at or self.calendar.get_moment(days, hour, number * 17 % 60)
        self.steps.append((at, number, act))

    def found_lab(self) -> None:
        """The lab, its people, its topics and the questions that guide its reviews."""
        at = self.calendar.get_moment(70, 9)
        data = self.lab_data
        names = {"name": data["name"], "time_zone": data["time_zone"]}
        Lab.objects.update_or_create(pk=1, defaults=names)
        for entry in data["members"]:
            self.members[entry["handle"]] = self.make_member(entry, at)
        ada = self.members["ada"]
        record(Event.Kind.LAB_CHANGED, by=ada, at=at, data={"demo": True})
        for entry in data["topics"]:
            parent = self.topics.get(entry.get("parent", ""))
            topic = add_topic(
                name=entry["name"],
                by=ada,
                at=at,
                parent=parent,
                description=entry.get("description", ""),
            )
            self.topics[topic.path] = topic
        GuidingQuestion.objects.bulk_create(
            GuidingQuestion(section=one["section"], text=one["text"], position=number)
            for number, one in enumerate(data["questions"])
        )

    def make_member(self, entry: Entry, at: datetime) -> Member:
        """A person; a placeholder has neither address nor password."""
        state = entry.get("state", Member.State.ACTIVE)
        member = Member(
            handle=entry["handle"],
            name=entry["name"],
            role=entry["role"],
            state=state,
            bio=entry.get("bio", ""),
            joined_at=at,
        )
        if state == Member.State.ACTIVE:
            member.email, member.password = f"{member.handle}@harbour.example", self.password
        else:
            member.set_unusable_password()
        member.save()
        return member

    def plan_papers(self, entries: list[Entry]) -> None:
        """Papers come in one by one."""
        for entry in entries:
            self.then(entry["added"], 9, partial(self.make_paper, entry))

    def make_paper(self, entry: Entry, at: datetime) -> None:
        """One paper with its identifiers, links and topics."""
        arxiv = entry.get("arxiv")
        links = [("pdf", f"https://arxiv.org/pdf/{arxiv}")] if arxiv else [("paper", entry["link"])]
        if "code" in entry:
            links.append(("code", entry["code"]))
        facts = PaperFacts(
            title=entry["title"],
            authors=entry["authors"],
            venue=entry["venue"],
            year=entry["year"],
            group=entry.get("group", ""),
            note=entry.get("note", ""),
            identifiers=[("arxiv", arxiv)] if arxiv else [("url", entry["link"])],
            links=links,
        )
        topics = [self.topics[path] for path in entry["topics"]]
        by = self.members[entry["by"]]
        self.papers[entry["key"]] = add_paper(
            facts=facts, by=by, at=at, topics=topics, although_alike=True
        )

    def plan_reviews(self, entries: list[Entry]) -> None:
        """A review is claimed some days before it is published."""
        for entry in entries:
            self.then(entry["days"] + CLAIMED_BEFORE, 15, partial(self.claim, entry))
            self.then(entry["days"], 11, partial(self.publish, entry))

    def claim(self, entry: Entry, at: datetime) -> None:
        """Take the paper; the claim keeps the paper's topic, as on a reading list."""
        paper, by = self.papers[entry["paper"]], self.members[entry["by"]]
        claim = claim_paper(paper=paper, by=by, at=at)
        listing = paper.listings.order_by("pk").first()
        claim.topic = listing.topic if listing else None
        claim.position = by.claims.count()
        claim.save(update_fields=["topic", "position"])

    def publish(self, entry: Entry, at: datetime) -> None:
        """Publish the review."""
        by, paper = self.members[entry["by"]], self.papers[entry["paper"]]
        self.reviews[f"{entry['paper']}/{entry['by']}"] = publish_review(
            paper=paper, by=by, at=at, content=_read_content(entry), stamp=Stamp()
        )

    def plan_claims(self, entries: list[Entry], standing: list[Entry], drafts: list[Entry]) -> None:
        """Claims that are open, were given back or ran out; entries of a list; drafts."""
        for entry in entries:
            self.then(entry["days"], 15, partial(self.claim, entry))
            if "released" in entry:
                self.then(entry["released"], 10, partial(self.release, entry))
            if "expired" in entry:
                self.then(entry["expired"], 6, partial(self.let_expire, entry))
        for entry in standing:
            self.then(46, 12, partial(self.stand, entry))
        for entry in drafts:
            self.then(entry["days"], 17, partial(self.draft, entry))

    def release(self, entry: Entry, at: datetime) -> None:
        """Give the paper back."""
        release_claim(claim=self.find_claim(entry), by=self.members[entry["by"]], at=at)

    def let_expire(self, entry: Entry, at: datetime) -> None:
        """The lease ran out without a draft."""
        claim = self.find_claim(entry)
        claim.ended_at, claim.ending = at, Claim.Ending.EXPIRED
        claim.save(update_fields=["ended_at", "ending"])
        record(Event.Kind.CLAIM_EXPIRED, claim, by=None, at=at)

    def find_claim(self, entry: Entry) -> Claim:
        """The open claim of this member on this paper."""
        paper, member = self.papers[entry["paper"]], self.members[entry["by"]]
        return Claim.objects.open().get(paper=paper, member=member)

    def stand(self, entry: Entry, at: datetime) -> None:
        """An entry of a list that the lab kept before."""
        member = self.members[entry["by"]]
        Claim.objects.create(
            paper=self.papers[entry["paper"]],
            member=member,
            claimed_at=at,
            topic=self.topics.get(entry.get("topic", "")),
            position=member.claims.count(),
        )

    def draft(self, entry: Entry, at: datetime) -> None:
        """Begin to write."""
        paper, by = self.papers[entry["paper"]], self.members[entry["by"]]
        save_draft(paper=paper, by=by, at=at, content=_read_content(entry), stamp=Stamp())

    def set_visits(self) -> None:
        """Everybody was here two days ago, so that each desk has news."""
        seen = self.calendar.now - timedelta(days=2)
        Member.objects.active().update(visited_at=seen)


def _read(name: str) -> dict[str, Any]:
    return tomllib.loads((DATA / f"{name}.toml").read_text(encoding="utf-8"))


def _read_content(entry: Entry) -> ReviewContent:
    names = (*TEXT_KEYS, "verdict", "depth")
    return ReviewContent(**{name: entry.get(name, "").strip() for name in names})
