"""Issues and notes in the database: whose review it is and since when, the talk, drafts of notes."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from papers.importing.intake.applying.actions.apply_imports import apply_import
from papers.importing.intake.previewing.actions.documents import preview_import
from papers.importing.intake.undoing.actions.undo_imports import undo_import
from papers.models import Claim, Comment, ImportJob, Member, Paper, Review, ReviewDraft
from tests.clock import NOW
from tests.importing.libraries import FILES
from tests.importing.library_works import WORKS

pytestmark = pytest.mark.django_db


def bring(form: str, by: Member) -> ImportJob:
    name, write = FILES[form]
    job = preview_import(data=write().encode(), name=name, by=by, at=NOW)
    return apply_import(job=job, by=by, at=NOW)


def test_issues_come_in_with_people_and_dates(ada: Member, ben: Member) -> None:
    bring("GitHub issues", ada)
    assert Paper.objects.count() == Review.objects.count() == len(WORKS)
    assert set(Review.objects.values_list("member__handle", flat=True)) == {"ada"}
    first = Review.objects.get(paper__title=WORKS[0].title)
    assert first.published_at == datetime(WORKS[0].year, 3, 7, 10, tzinfo=UTC)
    assert "Few seeds." in first.critique
    claimed = Claim.objects.filter(member=ben)
    assert claimed.count() == sum(work.number % 3 == 0 for work in WORKS)
    comments = Comment.objects.order_by("pk")
    assert comments.count() == sum(bool(work.note) for work in WORKS)
    assert comments[0].author.state == Member.State.PLACEHOLDER
    assert comments[0].created_at.year == next(work.year for work in WORKS if work.note)


def test_issues_brought_twice_are_there_once_and_can_be_undone(ada: Member, ben: Member) -> None:
    job = bring("GitHub issues", ada)
    bring("GitHub issues", ada)
    assert Comment.objects.count() == sum(bool(work.note) for work in WORKS)
    undo_import(job=ImportJob.objects.get(pk=job.pk), by=ada, at=NOW)
    for other in ImportJob.objects.filter(state="applied"):
        undo_import(job=other, by=ada, at=NOW)
    assert Paper.objects.count() == Comment.objects.count() == Review.objects.count() == 0


def test_notes_are_drafts_of_who_imports_and_nobody_elses(ada: Member, ben: Member) -> None:
    job = bring("Zotero RDF", ada)
    drafts = ReviewDraft.objects.all()
    assert drafts.count() == sum(bool(work.note) for work in WORKS)
    assert {draft.member_id for draft in drafts} == {ada.pk}
    assert drafts.order_by("pk")[0].summary == next(work.note for work in WORKS if work.note)
    kept = drafts.order_by("pk")[0]
    ReviewDraft.objects.filter(pk=kept.pk).update(version=2)
    undo_import(job=job, by=ada, at=NOW)
    assert list(ReviewDraft.objects.all()) == [kept], "what was gone on with stays"
