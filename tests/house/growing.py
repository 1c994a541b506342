"""A lab with so much of each thing around one paper, review, meeting, topic and member."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256

from papers.catalogue.actions.bulk_edits import list_papers
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.models import (
    Absence,
    AgendaItem,
    Comment,
    CommentRevision,
    CritiquePoint,
    CritiqueQuestion,
    DigestIssue,
    Event,
    Experiment,
    ExperimentLink,
    Follow,
    GuidingQuestion,
    Handover,
    Identifier,
    ImportItem,
    ImportJob,
    Invitation,
    JoinLink,
    Link,
    Meeting,
    MeetingSeries,
    Member,
    MinutesRevision,
    Nomination,
    Notification,
    Paper,
    Prediction,
    PresenterSwap,
    Review,
    ReviewDraft,
    ReviewRevision,
    SavedSearch,
    Skip,
    VerdictVote,
    Vote,
    Webhook,
    WebhookEndpoint,
)
from papers.search.index.actions import refresh
from papers.text.markdown import render
from tests import make

IMPORTED = "# Theory\n\n- [Wide Basins](https://arxiv.org/abs/2101.00001), Ng. Flat is wide.\n"
KINDS = (
    Event.Kind.PAPER_ADDED, Event.Kind.REVIEW_PUBLISHED, Event.Kind.CLAIM_TAKEN,
    Event.Kind.COMMENT_ADDED, Event.Kind.EXPERIMENT_MOVED, Event.Kind.PAPER_NOMINATED,
)  # fmt: skip


@dataclass
class Growing:
    """The things in the middle; `grow` adds to what stands around them, for each of `people`."""

    people: list[Member]
    at: datetime = make.NOW
    size: int = 0

    def __post_init__(self) -> None:
        make.lab(claim_limit=100, paper_slots=100)
        self.topic = make.topic("Theory", description="What is known.")
        self.paper = make.paper("Rigid bodies", topics=[self.topic], added_at=self.at, year=2020)
        self.author = make.member("author")
        self.review = self._review(self.paper, self.author)
        self.experiment = make.experiment("Ten seeds", paper=self.paper, review=self.review)
        self.comment = self._say(paper=self.paper)
        self.meeting = self._meet(0)
        self.item = AgendaItem.objects.create(meeting=self.meeting, paper=self.paper)
        self.series = MeetingSeries.objects.create(
            weekday=0, time="10:00", starts_on=self.at.date(), created_at=self.at
        )
        self.jobs = [preview_import(data=IMPORTED.encode(), name="a.md", by=one, at=self.at)
                     for one in self.people]  # fmt: skip
        self.event = list_papers(
            papers=[self.paper.pk], topic=make.topic(), by=self.people[0], at=self.at
        )

    def grow(self, size: int) -> None:
        """Until there are so many of each."""
        for number in range(self.size, size):
            self._add(number, make.member(f"m{number}", visited_at=self.at))
        self.size = size
        refresh(Paper.objects.values_list("pk", flat=True))

    def _add(self, number: int, who: Member) -> None:
        at = self.at - timedelta(minutes=number)
        topic = make.topic(f"Below {number}", self.topic)
        make.topic(f"Outermost {number}")
        paper = make.paper(
            f"Rigid bodies {number}", topics=[self.topic, topic], added_at=at, added_by=who,
            year=1990 + number, venue=f"Venue {number}", authors=["A. Ng", f"B. {number}"],
            abstract="Bodies that do not bend.",
        )  # fmt: skip
        self._add_to_middle(number, who, at)
        self._add_meeting(number, who, paper, at)
        review = self._review(paper, who)
        trial = make.experiment(f"Seeds {number}", paper=paper, review=review, owner=who)
        make.experiment(
            f"Ended {number}", paper=self.paper, state=Experiment.State.CONFIRMED,
            outcome="It held.", closed_at=at, moved_at=at, owner=who,
        )  # fmt: skip
        for kind in KINDS:
            Event.objects.create(
                kind=kind, at=at, by=who, member=who, paper=paper,
                review=review if "review" in kind else None,
                comment=self.comment if "comment" in kind else None,
                experiment=trial if "experiment" in kind else None,
                data={"after": "running"} if "experiment" in kind else {},
            )  # fmt: skip
        self._add_people(number, at)
        for one in self.people:
            self._add_own(number, one, who, at)

    def _add_to_middle(self, number: int, who: Member, at: datetime) -> None:
        """Around the one paper, its review, its experiment and its discussion."""
        make.claim(self.paper, who, paper_slot=number + 1, member_slot=90)
        self._review(self.paper, make.member(f"r{number}"))
        self._say(parent=self._say(paper=self.paper, author=who), paper=self.paper)
        self._say(review=self.review, author=who)
        self._say(experiment=self.experiment, author=who)
        Identifier.objects.create(paper=self.paper, kind="url", value=f"https://a.example/{number}")
        Link.objects.create(paper=self.paper, url=f"https://a.example/{number}")
        ExperimentLink.objects.create(experiment=self.experiment, url=f"https://b.example/{number}")
        Prediction.objects.create(
            experiment=self.experiment, member=who, percent=number, made_at=at
        )
        CommentRevision.objects.create(
            comment=self.comment, number=number + 1, body="As before.", written_at=at
        )
        ReviewRevision.objects.create(
            review=self.review, number=number + 2, published_at=at, published_by=who,
            summary=f"Version {number}",
        )  # fmt: skip
        CritiquePoint.objects.create(review=self.review, text=f"Point {number}", position=number)
        GuidingQuestion.objects.create(section="critique", text=f"Is it {number}?", position=number)

    def _add_meeting(self, number: int, who: Member, paper: Paper, at: datetime) -> None:
        coming, past = self._meet(7 + number), self._meet(-7 - number)
        past.held_at = past.starts_at
        past.save()
        AgendaItem.objects.create(meeting=coming, paper=paper, presenter=who)
        AgendaItem.objects.create(meeting=past, paper=paper, presenter=who, discussed_at=at)
        item = AgendaItem.objects.create(
            meeting=self.meeting, paper=paper, presenter=who, position=number + 1
        )
        MinutesRevision.objects.create(
            meeting=self.meeting, item=item, number=1, text="Agreed.", by=who, at=at
        )
        VerdictVote.objects.create(item=self.item, member=who, verdict="try", phase="before", at=at)
        nomination = Nomination.objects.create(paper=paper, by=who, at=at)
        Vote.objects.create(nomination=nomination, member=who, at=at)
        day = at.date()
        Absence.objects.create(member=who, first_on=day, last_on=day, noted_at=at)

    def _add_people(self, number: int, at: datetime) -> None:
        states = Member.State
        invited = make.member(f"i{number}", state=states.INVITED)
        Invitation.objects.create(
            member=invited, created_at=at, expires_at=at + timedelta(days=9),
            token_hash=sha256(f"{number}".encode()).hexdigest(),
        )  # fmt: skip
        JoinLink.objects.create(
            name=f"Course {number}", role="reader", most_uses=9, created_by=invited, created_at=at,
            ends_at=at + timedelta(days=9), token_hash=sha256(f"j{number}".encode()).hexdigest(),
        )  # fmt: skip
        make.claim(make.paper(), make.member(f"p{number}", state=states.PLACEHOLDER), due_on=None)
        make.member(f"a{number}", state=states.ALUMNI)
        Webhook.objects.create(
            name=f"Room {number}", format="slack", url=f"https://c.example/{number}", added_at=at
        )
        endpoint = WebhookEndpoint.objects.create(
            name=f"Robot {number}", url=f"https://r.example/{number}", secret="whsec_",
            kinds=["paper-added"], added_at=at, since=at, read_until=at,
        )  # fmt: skip
        endpoint.deliveries.create(written_at=at, due_at=at, tried_at=at)
        DigestIssue.objects.create(year=2000 + number, week=7, note="Read on.")

    def _add_own(self, number: int, one: Member, who: Member, at: datetime) -> None:
        """What a member keeps for herself."""
        claimed, drafted, offered = (make.paper(topics=[self.topic]) for _ in range(3))
        make.claim(claimed, one, member_slot=number + 1, due_on=at.date())
        review = self._review(make.paper(topics=[self.topic]), one)
        CritiqueQuestion.objects.create(review=review, version=f"v{number}", asked_at=at)
        for paper, member in ((drafted, one), (offered, who)):
            draft = ReviewDraft.objects.create(
                paper=paper, member=member, summary="So far.", started_at=at, saved_at=at
            )
        Handover.objects.create(paper=offered, giver=who, draft=draft, offered_at=at)
        make.experiment(f"Own {number}", owner=one, state=Experiment.State.RUNNING)
        event = Event.objects.filter(paper__isnull=False).order_by("-pk")[0]
        Notification.objects.create(member=one, event=event, why=Notification.Why.values[0], at=at)
        Follow.objects.create(by=one, member=who, at=at)
        Follow.objects.create(by=one, search=f"word{number}", at=at)
        SavedSearch.objects.create(by=one, name=f"Search {number}", text="rigid", at=at)
        Skip.objects.create(paper=drafted, member=one, at=at)
        item = AgendaItem.objects.create(
            meeting=self.meeting, title=f"Turn {number} of {one}", presenter=who
        )
        PresenterSwap.objects.create(item=item, asked_by=who, to=one, asked_at=at)
        job = self.jobs[self.people.index(one)]
        first = ImportItem.objects.filter(job=job, kind=ImportItem.Kind.PAPER).first()
        assert first is not None
        ImportItem.objects.create(
            job=job, key=f"other-{number}", position=number + 9, line=number, data=first.data
        )
        ImportJob.objects.create(
            name=f"{number}.md", digest=f"{number}", source="", by=one, created_at=at
        )

    def _review(self, paper: Paper, member: Member) -> Review:
        texts = {"takeaway": "So.", "summary": "It holds.", "critique": "- Few seeds\n- One task"}
        review = make.review(
            paper, member, **texts, follow_up="More.", questions="Why?", verdict="try",
            depth="read", at=self.at, summary_html=render("It holds."),
        )  # fmt: skip
        CritiquePoint.objects.create(review=review, text="Few seeds")
        return review

    def _say(self, author: Member | None = None, **where: object) -> Comment:
        return Comment.objects.create(
            author=author or self.author, body="Hm.", body_html="<p>Hm.</p>", created_at=self.at,
            **where,
        )  # fmt: skip

    def _meet(self, days: int) -> Meeting:
        at = self.at + timedelta(days=days)
        return Meeting.objects.create(day=at.date(), starts_at=at, created_at=self.at)
