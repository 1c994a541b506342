"""Fetching the issues of a repository in the worker, and making an import of them."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

from papers.importing.intake.actions.jobs import receive_document
from papers.importing.intake.previewing.actions.documents import NotUnderstood
from papers.importing.reading.opening.at_sight import LARGEST_BYTES, say_too_large
from papers.importing.trackers.tracker_client import read_rows
from papers.importing.trackers.tracker_requests import Later, Refused, Repository
from papers.models import ImportJob, IssueFetch, Member

FETCHING = "papers.fetch_issues"
"""The job's name; papers.tasks binds it."""

MOST_TRIES = 8
State = IssueFetch.State


def request_issues(
    *, server: str, repository: str, token: str, by: Member, at: datetime
) -> IssueFetch:
    """Have the issues of a repository read; the same one that is on its way already is enough."""
    with transaction.atomic():
        there = IssueFetch.objects.filter(
            server=server, repository=repository, by=by, state=State.WAITING
        ).first()
        fetch = there or IssueFetch(server=server, repository=repository, by=by, asked_at=at)
        fetch.token = token or fetch.token
        fetch.save()
        _queue(fetch, 0)
    return fetch


def fetch_issues(*, pk: int, at: datetime) -> None:
    """Read the issues, and show them as an import. Nothing is locked meanwhile."""
    fetch = IssueFetch.objects.select_related("by").filter(pk=pk, state=State.WAITING).first()
    if fetch is None:
        return
    try:
        job = _read(fetch, at)
    except Later as problem:
        _try_again(fetch, problem)
    except Refused as problem:
        _end(fetch, State.FAILED, str(problem))
    except NotUnderstood as refused:
        _end(fetch, State.FAILED, " ".join(one.message for one in refused.problems[:2]))
    else:
        _end(fetch, State.DONE, job=job)


def _read(fetch: IssueFetch, at: datetime) -> ImportJob:
    repository = Repository(fetch.server, fetch.repository, fetch.token or "")
    pages, size = list[str](), 0
    for rows in read_rows(repository):
        size += len(rows.encode())
        if size > LARGEST_BYTES:
            raise Refused(say_too_large(size))
        pages.append(rows)
    data = f"[{',\n'.join(pages)}]".encode()
    name = f"{fetch.repository.replace('/', '-')}-issues.json"
    return receive_document(data=data, name=name, by=fetch.by, at=at)


def _try_again(fetch: IssueFetch, problem: Later) -> None:
    fetch.tries += 1
    if fetch.tries >= MOST_TRIES:
        _end(fetch, State.FAILED, str(problem))
        return
    with transaction.atomic():
        fetch.problem = str(problem)[:300]
        fetch.save(update_fields=["tries", "problem"])
        _queue(fetch, int(problem.seconds) + 1)


def _end(fetch: IssueFetch, state: str, problem: str = "", job: ImportJob | None = None) -> None:
    fetch.state, fetch.problem, fetch.job, fetch.token = state, problem[:300], job, ""
    fetch.save(update_fields=["state", "problem", "job", "token"])


def _queue(fetch: IssueFetch, seconds: int) -> None:
    task = app.configure_task(
        FETCHING,
        queueing_lock=f"issues-{fetch.pk}",
        lock=f"issues-{fetch.pk}",
        schedule_in={"seconds": seconds} if seconds else None,
    )
    try:
        with transaction.atomic():
            task.defer(pk=fetch.pk)
    except AlreadyEnqueued:
        return
