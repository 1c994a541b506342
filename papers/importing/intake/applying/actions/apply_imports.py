"""Applying an import: what its preview shows, whole or not at all."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime

from django.db import IntegrityError, connection, transaction

from papers.events import record
from papers.importing.intake.applying.actions.intake import Document, Intake, Outcome
from papers.importing.intake.applying.actions.locking import NotInPreview, lock_imports
from papers.importing.intake.applying.actions.meeting_rows import add_meetings
from papers.importing.intake.applying.actions.running import run_intake
from papers.importing.intake.matching.queries.sameness import choice_of
from papers.importing.intake.signing.actions import sign_reviews, write_drafts
from papers.importing.reading.drafts.draft_json import unpack_members, unpack_paper, unpack_topics
from papers.importing.reading.drafts.understood import PaperDraft
from papers.models import (
    Event,
    Identifier,
    ImportItem,
    ImportJob,
    Listing,
    Member,
    Paper,
    Review,
    Topic,
)
from papers.search.index.actions import refresh

MANY = 300
"""Papers from which on the planner's figures are made anew before the index is written."""


def apply_import(
    *, job: ImportJob, by: Member, at: datetime, wait: float | None = None
) -> ImportJob:
    """Take in what the preview shows, whole or not at all. Taking in twice is once.

    What is here already stays as it is; the numbers are in `plan["outcome"]`. `wait`, in seconds,
    is how long it may wait for other imports. Raises NotInPreview for an import that was taken
    back, ImportsBusy.
    """
    try:
        with transaction.atomic():
            return _apply(job, by, at, wait)
    except IntegrityError:
        # Somebody added one of the papers in the same moment: look again, and find it.
        with transaction.atomic():
            return _apply(job, by, at, wait)


def _apply(job: ImportJob, by: Member, at: datetime, wait: float | None) -> ImportJob:
    lock_imports(wait)
    job = ImportJob.objects.select_for_update(no_key=True).get(pk=job.pk)
    if job.state == ImportJob.State.APPLIED:
        return job
    if job.state != ImportJob.State.PREVIEW or job.work == ImportJob.Work.READ:
        raise NotInPreview
    items = job.items.filter(kind=ImportItem.Kind.PAPER, is_excluded=False)
    rows = list(items.only("key", "data", "sameness", "compared"))
    drafts = [unpack_paper(row.data) for row in rows]
    choices = {row.key: choice for row in rows if (choice := choice_of(row))}
    signed = sign_reviews(drafts, job.plan)
    intake = Intake(_document(job, signed), by=by, at=at, choices=choices)
    outcome = run_intake(intake)
    if job.plan.get("as_drafts"):
        begun = write_drafts(drafts, intake.papers, by=by, at=at)
        outcome.made_rows("reviewdraft", [one.pk for one in begun])
        job.plan["drafted"] = len(begun)
    if job.plan.get("with_meetings"):
        outcome.meetings, made = add_meetings(
            job.plan, drafts, intake.papers, intake.members, by=by, at=at
        )
        outcome.made.extend(made)
    _point_at_papers({row.pk: row.key for row in rows}, intake)
    _finish(job, outcome, at)
    record(Event.Kind.IMPORT_APPLIED, job, by=by, at=at, data=outcome.numbers())
    if len(outcome.touched) > MANY:
        _count_anew()
    refresh(outcome.touched)
    return job


def _count_anew() -> None:
    """Tell the planner what came in: it still thinks of the tables as they were before.

    Without that the index reads whole tables for every paper: 23 s for 10,000 instead of 1 s.
    """
    tables = (Paper, Listing, Topic, Identifier, Review)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE " + ", ".join(one._meta.db_table for one in tables))


def _point_at_papers(keys: Mapping[int, str], intake: Intake) -> None:
    """Each item names its paper, whether it was there, and what that one says otherwise; one
    statement, where bulk_update writes a CASE of every row.
    """
    papers = [intake.papers[key].pk for key in keys.values()]
    joined = [key in intake.left for key in keys.values()]
    left = [json.dumps(intake.left.get(key, {})) for key in keys.values()]
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE papers_importitem i SET paper_id = v.paper, is_joined = v.joined, "
            '"left" = v.others FROM unnest(%s::bigint[], %s::bigint[], %s::boolean[], %s::jsonb[]) '
            "AS v(item, paper, joined, others) WHERE i.id = v.item",
            [list(keys), papers, joined, left],
        )


def _document(job: ImportJob, drafts: Sequence[PaperDraft]) -> Document:
    return Document(drafts, unpack_topics(job.plan), unpack_members(job.plan))


def _finish(job: ImportJob, outcome: Outcome, at: datetime) -> None:
    problems = [[problem.line, problem.message] for problem in outcome.problems]
    job.plan |= {"outcome": outcome.numbers(), "uses": outcome.uses, "clashes": problems}
    job.made = outcome.made
    job.state, job.applied_at, job.work = ImportJob.State.APPLIED, at, ""
    job.save(update_fields=["plan", "made", "state", "applied_at", "work"])
