"""Every kind of text that has the care: where it is typed, and where it stands when it was sent."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from papers.meetings.session.actions.running import open_meeting
from papers.models import (
    Comment,
    DigestIssue,
    Experiment,
    GuidingQuestion,
    Lab,
    Listing,
    Meeting,
    Member,
    Paper,
    Topic,
)
from papers.text.weeks import Week
from tests import make


@dataclass(frozen=True)
class Kind:
    """One form. `find_sent` gives what the site has of the text."""

    name: str
    path: str
    label: str
    button: str
    find_sent: Callable[[], str]
    title: str = ""
    """The name of a field that is required besides."""
    choice: str = ""
    """The label of a choice that is required besides."""


def make_kinds(ada: Member, at: datetime) -> list[Kind]:
    """What there is to write about, and the forms about it."""
    topic = make.topic("Known topic", description="")
    paper = make.paper("Attention is all you need", abstract="", topics=[topic], added_by=ada)
    listing = Listing.objects.get()
    experiment = make.experiment("Ten seeds", plan="")
    meeting = Meeting.objects.create(day=at.date(), starts_at=at, created_at=at, lead=ada)
    open_meeting(meeting=meeting, by=ada, at=at)
    week = Week.of(at.date())
    note = f"Note or quote on {paper.title}"
    return [
        Kind("comment", paper.get_absolute_url(), "Add a comment", "Post",
             lambda: Comment.objects.get().body),
        Kind("new paper", "/papers/new/", "Abstract", "Add paper",
             lambda: Paper.objects.exclude(pk=paper.pk).get().abstract, title="title"),
        Kind("paper", f"/papers/{paper.pk}/edit/", "Abstract", "Save changes",
             lambda: Paper.objects.get(pk=paper.pk).abstract),
        Kind("new topic", "/topics/?under=", "Description", "Add topic",
             lambda: Topic.objects.exclude(pk=topic.pk).get().description, title="name"),
        Kind("topic", f"{topic.get_absolute_url()}?edit", "Description", "Save topic",
             lambda: Topic.objects.get(pk=topic.pk).description),
        Kind("note on a listing", f"{topic.get_absolute_url()}?edit", note, "Save note",
             lambda: Listing.objects.get(pk=listing.pk).note),
        Kind("minutes", f"/meetings/{meeting.day}/room/", "Minutes: General notes", "Save",
             lambda: Meeting.objects.get().record),
        Kind("note of a digest", f"/digest/{week}/note/", "Note", "Save note",
             lambda: DigestIssue.objects.get().note),
        Kind("guiding questions", "/curation/questions/", "Summary", "Save changes",
             lambda: GuidingQuestion.objects.filter(section="summary").last().text),
        Kind("announcement", "/curation/appearance/", "Text", "Publish announcement",
             lambda: Lab.objects.get().announcement),
        Kind("profile", "/profile/", "About you", "Save changes",
             lambda: Member.objects.get(pk=ada.pk).bio),
        Kind("new experiment", "/experiments/new/", "Plan", "Add to board",
             lambda: Experiment.objects.exclude(pk=experiment.pk).get().plan, title="title"),
        Kind("experiment", f"/experiments/{experiment.pk}/edit/", "Plan", "Save changes",
             lambda: Experiment.objects.get(pk=experiment.pk).plan),
        Kind("outcome", experiment.get_absolute_url(), "What happened", "Save",
             lambda: Experiment.objects.get(pk=experiment.pk).outcome, choice="Refuted"),
    ]  # fmt: skip


def make_many(name: str, number: int) -> list[Kind]:
    """So many comments on as many papers, or outcomes of as many experiments."""
    if name == "comment":
        papers = [make.paper(f"Paper {n}") for n in range(number)]
        return [
            Kind(f"comment {n}", paper.get_absolute_url(), "Add a comment", "Post", str)
            for n, paper in enumerate(papers)
        ]
    experiments = [make.experiment(f"Experiment {n}") for n in range(number)]
    return [
        Kind(f"outcome {n}", tried.get_absolute_url(), "What happened", "Save", str)
        for n, tried in enumerate(experiments)
    ]
