"""Labs around papers that are to be merged: rows of every table, and what all tables hold."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from datetime import timedelta
from itertools import count

from django.apps import apps
from django.db import IntegrityError, connection, transaction

from papers.models import (
    AgendaItem,
    Claim,
    Comment,
    CommentRevision,
    CritiquePoint,
    CritiqueQuestion,
    Event,
    ExperimentLink,
    Follow,
    Handover,
    Identifier,
    ImportItem,
    ImportJob,
    Link,
    Meeting,
    MeetingAction,
    Member,
    MinutesRevision,
    Nomination,
    Notification,
    Paper,
    PaperPair,
    Prediction,
    ReadMark,
    Reminder,
    ReviewDraft,
    Skip,
    TextDraft,
    Topic,
    VerdictVote,
    Vote,
)
from papers.records.actions.suggesting import order_pair
from tests import make
from tests.clock import NOW

PLANTED = "quokkaberry"
"""A word that stands in every text of these labs."""

_numbers = count(1)

UNCOMPARED = {"papers_removal", "papers_formkey", "papers_searchword"}
"""What an undone merge leaves behind on purpose: its record, and words that may be suggested."""

LOGGED = {"paper-merged", "paper-restored", "paper-deleted"}

type Maker = Callable[[Paper, Member], object]


def say(what: str) -> str:
    """A text that no other row has."""
    return f"{what} {next(_numbers)} {PLANTED}"


def dump() -> dict[str, list[str]]:
    """Every row of every table as text, but for what a merge is logged in."""
    found = {}
    with connection.cursor() as cursor:
        for model in apps.get_app_config("papers").get_models(include_auto_created=True):
            table = model._meta.db_table
            if table in UNCOMPARED:
                continue
            cursor.execute(f'SELECT to_jsonb(t)::text FROM "{table}" t ORDER BY 1')
            rows = [row for (row,) in cursor.fetchall()]
            if table == "papers_event":
                rows = [row for row in rows if json.loads(row)["kind"] not in LOGGED]
            found[table] = rows
    return found


def count_rows() -> dict[str, int]:
    """How many rows each table has."""
    return {table: len(rows) for table, rows in dump().items()}


def list_texts(rows: dict[str, list[str]]) -> set[str]:
    """The texts that `say` made, as they are found in these rows; drafts' and notes' too."""

    everything = "\n".join(line for lines in rows.values() for line in lines)
    return set(re.findall(rf"[a-z]+ \d+ {PLANTED}", everything))


def add_review(paper: Paper, by: Member) -> object:
    review = make.review(
        paper, by, summary=say("summary"), critique=say("critique"), takeaway=say("takeaway")
    )
    CritiquePoint.objects.create(review=review, text=say("point"))
    CritiqueQuestion.objects.create(review=review, version=say("version"), asked_at=NOW)
    review.contributors.add(by)
    Comment.objects.create(review=review, author=by, body=say("remark"), created_at=NOW)
    experiment = make.experiment(say("experiment"), review=review, paper=paper, plan=say("plan"))
    Prediction.objects.create(experiment=experiment, member=by, percent=60, made_at=NOW)
    Event.objects.create(kind="review-published", at=NOW, by=by, paper=paper, review=review)
    return review


def add_deleted_review(paper: Paper, by: Member) -> object:
    return make.review(paper, by, summary=say("deleted"), deleted_at=NOW)


def add_draft(paper: Paper, by: Member) -> object:
    return ReviewDraft.objects.create(
        paper=paper, member=by, summary=say("draft"), critique=say("doubt"), started_at=NOW,
        saved_at=NOW, items=[{"title": say("idea"), "plan": say("way")}],
    )  # fmt: skip


def add_offer(paper: Paper, by: Member) -> object:
    draft = add_draft(paper, by)
    return Handover.objects.create(paper=paper, giver=by, draft=draft, offered_at=NOW)


def add_lease(paper: Paper, by: Member) -> object:
    days = next(_numbers) % 20
    claim = make.claim(paper, by, due_on=(NOW + timedelta(days=days)).date())
    return Reminder.objects.create(claim=claim, kind="before", due_on=claim.due_on, at=NOW)


def add_reading(paper: Paper, by: Member) -> object:
    return make.claim(paper, by, due_on=None, position=next(_numbers))


def add_ended_claim(paper: Paper, by: Member) -> object:
    return Claim.objects.create(
        paper=paper, member=by, claimed_at=NOW, ended_at=NOW, ending="expired"
    )


def add_comment(paper: Paper, by: Member) -> object:
    thread = Comment.objects.create(paper=paper, author=by, body=say("comment"), created_at=NOW)
    CommentRevision.objects.create(comment=thread, number=1, body=say("earlier"), written_at=NOW)
    answer = Comment.objects.create(
        paper=paper, parent=thread, author=by, body=say("answer"), created_at=NOW
    )
    event = Event.objects.create(kind="comment-added", at=NOW, by=by, paper=paper, comment=answer)
    return Notification.objects.create(member=by, event=event, why="reply", at=NOW)


def add_mark(paper: Paper, by: Member) -> object:
    at = NOW + timedelta(minutes=next(_numbers))
    return ReadMark.objects.create(paper=paper, member=by, read_at=at)


def add_experiment(paper: Paper, by: Member) -> object:
    one = make.experiment(say("trial"), paper=paper, owner=by, hypothesis=say("guess"))
    Comment.objects.create(experiment=one, author=by, body=say("aside"), created_at=NOW)
    return ExperimentLink.objects.create(
        experiment=one, url="https://runs.example/1", label=say("run")
    )


def add_votes(paper: Paper, by: Member) -> object:
    open_one = Nomination.objects.filter(paper=paper, closed_at=None).first()
    open_one = open_one or Nomination.objects.create(paper=paper, by=by, at=NOW)
    return Vote.objects.create(nomination=open_one, member=by, at=NOW)


def add_agenda(paper: Paper, by: Member) -> object:
    day = NOW.date() + timedelta(days=by.pk % 7)
    meeting = Meeting.objects.filter(day=day).first() or Meeting.objects.create(
        day=day, starts_at=NOW, created_at=NOW
    )
    item = AgendaItem.objects.create(
        meeting=meeting, paper=paper, presenter=by, record=say("minutes")
    )
    Meeting.objects.filter(pk=meeting.pk).update(current=item)
    VerdictVote.objects.create(item=item, member=by, phase="before", verdict="try", at=NOW)
    number = next(_numbers)
    return MinutesRevision.objects.create(
        meeting=meeting, item=item, number=number, text=say("taken"), at=NOW
    )


def add_action(paper: Paper, by: Member) -> object:
    claim = Claim.objects.filter(paper=paper).first()
    meeting = Meeting.objects.first()
    if claim is None or meeting is None:
        return None
    return MeetingAction.objects.create(meeting=meeting, claim=claim, made_by=by, made_at=NOW)


def add_listing(paper: Paper, by: Member) -> object:
    names = ("Graphs", "Theory", "Optics")
    name = names[next(_numbers) % len(names)]
    topic = Topic.objects.filter(name=name).first() or make.topic(name)
    return make.listing(paper, topic, note=say("note"), added_by=by)


def add_names(paper: Paper, by: Member) -> object:
    number = next(_numbers)
    return Identifier.objects.create(paper=paper, kind="doi", value=f"10.1000/{number}")


def add_link(paper: Paper, by: Member) -> object:
    number = next(_numbers) % 5
    return Link.objects.create(paper=paper, url=f"https://code.example/{number}", position=number)


def add_follow(paper: Paper, by: Member) -> object:
    return Follow.objects.create(by=by, paper=paper, at=NOW)


def add_skip(paper: Paper, by: Member) -> object:
    return Skip.objects.create(paper=paper, member=by, at=NOW)


def add_typing(paper: Paper, by: Member) -> object:
    return TextDraft.objects.create(
        member=by, place=f"/papers/{paper.pk}/comments/", fields=[["body", say("typed")]],
        version=next(_numbers), saved_at=NOW,
    )  # fmt: skip


def add_entry(paper: Paper, by: Member) -> object:
    number = next(_numbers)
    job = ImportJob.objects.create(
        name=say("list"), digest=str(number), source=say("source"), by=by, state="applied",
        created_at=NOW, applied_at=NOW, made=[["paper", paper.pk]],
        plan={"uses": {"paper": [paper.pk]}},
    )  # fmt: skip
    other = Paper.objects.exclude(pk=paper.pk).order_by("?").first()
    return ImportItem.objects.create(
        job=job, key=str(number), paper=paper, compared=other, data={"title": say("entry")}
    )


def add_suggestion(paper: Paper, by: Member) -> object:
    other = Paper.objects.exclude(pk=paper.pk).order_by("pk")[next(_numbers) % 2]
    one, two = order_pair(paper.pk, other.pk)
    return PaperPair.objects.create(
        one_id=one, other_id=two, suggested_by=by, suggested_at=NOW, reason=say("reason")
    )


MAKERS: tuple[Maker, ...] = (
    add_review, add_deleted_review, add_draft, add_offer, add_lease, add_reading, add_ended_claim,
    add_comment, add_mark, add_experiment, add_votes, add_agenda, add_action, add_listing,
    add_names, add_link, add_follow, add_skip, add_typing, add_entry, add_suggestion,
)  # fmt: skip


def try_to(maker: Maker, paper: Paper, by: Member) -> bool:
    """Make the row, unless the database has a reason against it."""
    try:
        with transaction.atomic():
            maker(paper, by)
    except IntegrityError:
        return False
    return True
