"""Issues of a project, read from a server that answers as GitLab's REST API does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client

from papers.importing.intake.actions.jobs import run_requested
from papers.importing.trackers import gitlab as api
from papers.importing.trackers.actions.fetching import fetch_issues, request_issues
from papers.models import ImportJob, IssueFetch, Member
from tests import make
from tests.importing.test_issues_by_token import BODY, PAGE
from tests.lookups.conftest import stand_in
from tests.lookups.stubs import Reply, Stub

__all__ = ["stand_in"]
pytestmark = pytest.mark.django_db
TOKEN = "glpat-invented0123456789.01.abc"
PROJECT = "/api/v4/projects/lab%2Freading%2Fpapers"
PAPERS = 120


def make_issue(number: int) -> dict[str, Any]:
    """As "List project issues" gives one; every third was talked about."""
    return {
        "id": 9_000 + number, "iid": number, "project_id": 4, "state": "opened", "type": "ISSUE",
        "title": f"Invented networks, part {number}", "description": BODY.format(number=number),
        "author": {"id": 7, "username": "ann-lee", "name": "Ann Lee", "avatar_url": None},
        "assignees": [{"id": 8, "username": "kai-oda", "name": "Kai Oda"}],
        "labels": ["networks"], "user_notes_count": 2 if number % 3 == 0 else 0,
        "created_at": "2021-02-03T04:05:06.000Z", "closed_at": None,
        "web_url": f"https://gitlab.com/lab/reading/papers/-/issues/{number}",
        "_links": {"self": f"https://gitlab.com/api/v4/projects/4/issues/{number}"},
    }  # fmt: skip


def make_notes(number: int) -> list[dict[str, Any]]:
    """As "List project issue notes" gives them: two by people, one by the machine."""
    kai = {"id": 8, "username": "kai-oda", "name": "Kai Oda"}
    said = (("changed the description", True), (f"A question about part {number}?", False),
            (f"And another about part {number}.", False))  # fmt: skip
    return [
        {"id": 100 + place, "body": body, "author": kai, "system": is_system,
         "created_at": "2021-02-04T00:00:00.000Z", "noteable_type": "Issue",
         "noteable_id": 9_000 + number, "noteable_iid": number, "resolvable": False}
        for place, (body, is_system) in enumerate(said)
    ]  # fmt: skip


def serve(origin: Callable[[], str]) -> Callable[[str], Reply]:
    """Pages of a hundred, as GitLab's Link header offers them."""

    def answer(path: str) -> Reply:
        parts = urlsplit(path)
        if parts.path == f"{PROJECT}/issues":
            rows = [make_issue(number) for number in range(1, PAPERS + 1)]
        elif parts.path.startswith(f"{PROJECT}/issues/") and parts.path.endswith("/notes"):
            rows = make_notes(int(parts.path.split("/")[-2]))
        else:
            return Reply(b'{"message": "404 Project Not Found"}', status=404)
        page = int(parse_qs(parts.query).get("page", ["1"])[0])
        following = f"{origin()}{parts.path}?page={page + 1}&per_page=100"
        links = f'<{following}>; rel="next", <{origin()}{parts.path}?page=1>; rel="first"'
        more = page * 100 < len(rows)
        body = json.dumps(rows[(page - 1) * 100 : page * 100]).encode()
        return Reply(body, headers={"Link": links} if more else {})

    return answer


@pytest.fixture
def gitlab(stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> Stub:
    monkeypatch.setattr(api, "GITLAB", replace(api.GITLAB, seconds=0.0))
    stub = stand_in("gitlab", Reply())
    stub.reply = serve(lambda: stub.origin)
    return stub


def fetch(by: Member, repository: str = "lab/reading/papers") -> IssueFetch:
    server = api.list_servers()[0][0]
    row = request_issues(server=server, repository=repository, token=TOKEN, by=by, at=make.NOW)
    fetch_issues(pk=row.pk, at=make.NOW)
    row.refresh_from_db()
    return row


def test_every_issue_and_comment_is_in_the_preview(gitlab: Stub, ben: Member, lab: object):
    row = fetch(ben)
    assert (row.state, row.problem, row.token) == ("done", "", "")
    assert len(gitlab.asked) == 2 + PAPERS // 3
    assert all(one["Authorization"] == f"Bearer {TOKEN}" for one in gitlab.headers)
    job = row.job
    assert job is not None
    assert "avatar_url" not in job.source
    run_requested(pk=job.pk, by=ben.pk, at=make.NOW)
    job.refresh_from_db()
    assert (job.state, job.shape) == (ImportJob.State.PREVIEW, "issues")
    papers = [
        json.dumps(one) for one in job.items.filter(kind="paper").values_list("data", flat=True)
    ]
    assert len(papers) == PAPERS
    assert sum("And another about part" in one for one in papers) == PAPERS // 3
    assert "changed the description" not in job.source
    assert all("kai-oda" in one and "ann-lee" in one and "networks" in one for one in papers)
    assert "https://gitlab.com/lab/reading/papers/-/issues/7" in papers[6]


def test_a_project_that_is_not_there_is_said(gitlab: Stub, ben: Member, lab: object):
    row = fetch(ben, "lab/none")
    assert (row.state, row.token) == ("failed", "")
    assert "no such repository" in row.problem


@pytest.mark.parametrize(
    "repository",
    [
        "https://gitlab.com/lab/reading/papers", "gitlab.com/lab/reading/papers/-/issues",
        "https://gitlab.com/lab/reading/papers/-/issues/?state=all",
        "https://gitlab.com/lab/reading/papers.git",
    ],
)  # fmt: skip
def test_an_address_says_where_it_is(as_ben: Client, lab: object, repository: str):
    assert as_ben.post(PAGE, {"repository": repository, "token": TOKEN}).status_code == 302
    row = IssueFetch.objects.get()
    assert (row.server, row.repository) == ("https://gitlab.com", "lab/reading/papers")


def test_servers_of_the_lab_are_those_of_the_setting(as_ben: Client, lab: object, settings: Any):
    settings.GITLAB_HOSTS = ["git.lab.example"]
    as_ben.post(PAGE, {"repository": "https://git.lab.example/lab/papers"})
    assert IssueFetch.objects.get().server == "https://git.lab.example"
