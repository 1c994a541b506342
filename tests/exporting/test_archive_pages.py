"""The page on which curators have archives made."""

from __future__ import annotations

from io import BytesIO
from typing import Any
from zipfile import ZipFile

import pytest
from django.test import Client

from papers.exporting.archives.actions.making import (
    MOST_KEPT,
    get_folder,
    request_archive,
    run_archive,
)
from papers.models import ArchiveJob, Follow, Member, ReviewDraft
from tests import make
from tests.make import NOW


@pytest.fixture(autouse=True)
def _folder(settings: Any, tmp_path: Any) -> None:
    settings.VAR_DIR = tmp_path


def test_a_curator_has_an_archive_made_and_fetches_it(ada: Member) -> None:
    make.paper("Rigid bodies")
    page = make.browser(ada)
    assert "No archives yet" in page.get("/archives/").content.decode()
    assert page.post("/archives/").status_code == 302
    job = ArchiveJob.objects.get()
    waiting = page.get("/archives/").content.decode()
    assert "rows written" in waiting
    assert "Create archive" not in waiting
    assert page.get(f"/archives/{job.pk}/file/").status_code == 404
    run_archive(pk=job.pk, at=NOW)
    answer = page.get(f"/archives/{job.pk}/file/")
    folder = ZipFile(BytesIO(b"".join(answer)))
    assert b"Rigid bodies" in folder.read("tables/papers_paper.jsonl")
    assert (get_folder().stat().st_mode & 0o777) == 0o700
    assert page.post(f"/archives/{job.pk}/removal/").status_code == 302
    assert list(get_folder().iterdir()) == []


def test_one_archive_is_made_at_a_time(ada: Member) -> None:
    assert request_archive(by=ada, at=NOW) == request_archive(by=ada, at=NOW)


def test_only_the_newest_archives_stay(ada: Member) -> None:
    for _ in range(MOST_KEPT + 2):
        run_archive(pk=request_archive(by=ada, at=NOW).pk, at=NOW)
    assert ArchiveJob.objects.count() == MOST_KEPT
    assert len(list(get_folder().iterdir())) == MOST_KEPT


def test_a_job_that_was_killed_begins_again_and_a_done_one_does_not(ada: Member) -> None:
    job = request_archive(by=ada, at=NOW)
    ArchiveJob.objects.update(state=ArchiveJob.State.RUNNING, rows_done=7)
    (get_folder() / "lab.zip.part").write_bytes(b"torn")
    run_archive(pk=job.pk, at=NOW)
    job.refresh_from_db()
    assert (job.state, job.rows_done) == (ArchiveJob.State.DONE, job.rows_total)
    run_archive(pk=job.pk, at=NOW.replace(year=2027))
    job.refresh_from_db()
    assert job.finished_at == NOW
    assert [one.name for one in get_folder().iterdir()] == [job.name]


def test_others_have_no_archives(ada: Member, ben: Member, stranger: Client) -> None:
    job = request_archive(by=ada, at=NOW)
    run_archive(pk=job.pk, at=NOW)
    for page, status in ((make.browser(ben), 403), (stranger, 302)):
        assert page.get("/archives/").status_code == status
        assert page.post("/archives/").status_code == status
        assert page.get(f"/archives/{job.pk}/file/").status_code == status


def test_a_curator_from_whom_reviews_are_hidden_gets_none(ada: Member, ben: Member) -> None:
    make.lab(independent_reviews=True)
    job = request_archive(by=ada, at=NOW)
    run_archive(pk=job.pk, at=NOW)
    paper = make.paper("One")
    make.review(paper, ben, summary="Not for Ada yet.")
    make.claim(paper, ada)
    page = make.browser(ada)
    assert "hidden from you" in page.get("/archives/").content.decode()
    assert page.get(f"/archives/{job.pk}/file/").status_code == 403
    assert page.post("/archives/").status_code == 403


def test_members_fetch_what_is_theirs(ada: Member, ben: Member) -> None:
    paper = make.paper("One", added_by=ada)
    make.review(paper, ben, summary="Ben's review.")
    make.review(paper, ada, summary="Ada's review.")
    for member, word in ((ben, "ben's draft"), (ada, "ada's draft")):
        ReviewDraft.objects.create(
            paper=paper, member=member, summary=word, started_at=NOW, saved_at=NOW
        )
    Follow.objects.create(by=ada, member=ben, at=NOW)
    folder = ZipFile(BytesIO(b"".join(make.browser(ben).get("/export/mine/"))))
    whole = b"".join(folder.read(name) for name in folder.namelist()).decode()
    assert "Ben's review." in whole
    assert "ben's draft" in whole
    assert "Ada's review." not in whole
    assert "ada's draft" not in whole
    assert ben.email in whole
    assert ada.email not in whole
    assert ben.password not in whole
    assert folder.read("tables/papers_follow.jsonl") == b""
    ReviewDraft.objects.filter(member=ben).update(locked_at=NOW, discarded_at=NOW)
    folder = ZipFile(BytesIO(b"".join(make.browser(ben).get("/export/mine/"))))
    assert folder.read("tables/papers_reviewdraft.jsonl") == b""
