"""Issues of a repository, read from a server that answers as GitHub's REST API does."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from django.test import Client
from procrastinate.contrib.django.models import ProcrastinateJob

from papers.importing.intake.actions.jobs import run_requested
from papers.importing.trackers import github as api
from papers.importing.trackers import tracker_client
from papers.importing.trackers.actions.fetching import FETCHING, fetch_issues, request_issues
from papers.models import ImportJob, IssueFetch, LookupTurn, Member, Review
from tests import make
from tests.lookups.conftest import stand_in
from tests.lookups.stubs import Reply, Stub

__all__ = ["stand_in"]
pytestmark = pytest.mark.django_db
TOKEN = "github_pat_invented0123456789"
PAGE = "/import/issues/"
BODY = """## 論文リンク
https://arxiv.org/abs/2101.0{number:04d}

## Summary
Invented networks learn paper {number}.

## Critique
Only one data set."""


def make_issue(origin: str, number: int, **more: Any) -> dict[str, Any]:
    """As "List repository issues" gives one, with fields that nobody needs."""
    return {
        "url": f"{origin}/repos/lab/papers/issues/{number}", "id": 10**9 + number,
        "html_url": f"https://github.com/lab/papers/issues/{number}", "number": number,
        "title": f"Invented networks, part {number}", "body": BODY.format(number=number),
        "user": {"login": "ann-lee", "id": 7, "avatar_url": "https://x.example/" + "a" * 500},
        "labels": [{"id": 1, "name": "networks", "color": "fff"}], "state": "open",
        "assignees": [{"login": "kai-oda"}], "comments": 1, "reactions": {"total_count": 0},
        "created_at": "2021-02-03T04:05:06Z", "closed_at": None, **more,
    }  # fmt: skip


def serve(origin: Callable[[], str], count: int) -> Callable[[str], Reply]:
    """`count` issues, each with a comment, every tenth a pull request, in pages of a hundred."""

    def answer(path: str) -> Reply:
        parts = urlsplit(path)
        number = int(parse_qs(parts.query).get("page", ["1"])[0])
        if parts.path == "/repos/lab/papers/issues":
            rows = [make_issue(origin(), one) for one in range(1, count + 1)]
            for row in rows[9::10]:
                row["pull_request"] = {"url": "https://x.example"}
        elif parts.path == "/repos/lab/papers/issues/comments":
            rows = [
                {
                    "issue_url": f"{origin()}/repos/lab/papers/issues/{one}", "id": one,
                    "user": {"login": "kai-oda"}, "body": f"A question about part {one}?",
                    "created_at": "2021-02-04T00:00:00Z", "html_url": "https://x.example/c",
                }
                for one in range(1, count + 1)
            ]  # fmt: skip
        else:
            return Reply(b'{"message": "Not Found"}', status=404)
        page = rows[(number - 1) * 100 : number * 100]
        following = f"{origin()}{parts.path}?per_page=100&page={number + 1}"
        headers = {"Link": f'<{following}>; rel="next"'} if number * 100 < len(rows) else {}
        return Reply(json.dumps(page).encode(), headers=headers)

    return answer


@pytest.fixture
def github(stand_in: Any, monkeypatch: pytest.MonkeyPatch) -> Stub:
    monkeypatch.setattr(api, "GITHUB", replace(api.GITHUB, seconds=0.0))
    stub = stand_in("github", Reply())
    stub.reply = serve(lambda: stub.origin, 230)
    return stub


def fetch(by: Member, repository: str = "lab/papers", token: str = "") -> IssueFetch:
    server = tracker_client.list_servers()[0][0]
    row = request_issues(server=server, repository=repository, token=token, by=by, at=make.NOW)
    fetch_issues(pk=row.pk, at=make.NOW)
    row.refresh_from_db()
    return row


def test_every_issue_and_comment_is_in_the_preview(github: Stub, ben: Member, lab: object):
    row = fetch(ben, token=TOKEN)
    assert (row.state, row.problem, row.token) == ("done", "", "")
    job = row.job
    assert job is not None
    assert json.loads(job.source)[0]["title"] == "Invented networks, part 1"
    assert "avatar_url" not in job.source
    assert [one.split("?")[0] for one in github.asked] == [
        "/repos/lab/papers/issues"] * 3 + ["/repos/lab/papers/issues/comments"] * 3  # fmt: skip
    assert all(one["Authorization"] == f"Bearer {TOKEN}" for one in github.headers)
    if job.work:
        run_requested(pk=job.pk, by=ben.pk, at=make.NOW)
        job.refresh_from_db()
    assert job.state == ImportJob.State.PREVIEW
    assert job.shape == "issues"
    papers = list(job.items.filter(kind="paper").values_list("data", flat=True))
    assert len(papers) == 207, "230 less 23 pull requests"
    assert "A question about part 1?" in json.dumps(papers[0])


def test_the_page_leads_from_repository_to_preview(github: Stub, as_ben: Client, lab: object):
    github.reply = serve(lambda: github.origin, 3)
    data = {"repository": "https://github.com/lab/papers/issues", "token": TOKEN}
    answer = as_ben.post(PAGE, data)
    assert not github.asked, "never in a request"
    waiting = as_ben.get(answer["Location"]).text
    assert "Reading the issues" in waiting
    job = ProcrastinateJob.objects.get(task_name=FETCHING)
    fetch_issues(**job.args, at=make.NOW)
    found = as_ben.get(answer["Location"])
    assert found["Location"] == ImportJob.objects.get().get_absolute_url()
    preview = as_ben.get(found["Location"]).text
    assert "Invented networks, part 2" in preview
    as_ben.post(f"{found['Location']}apply/")
    review = Review.objects.get(paper__title="Invented networks, part 1")
    assert "learn paper 1" in review.summary
    assert TOKEN not in preview + waiting + as_ben.get(PAGE).text


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        (Reply(b"{}", status=404), "no such repository"),
        (Reply(b"{}", status=401), "refused the token"),
        (Reply(b"{}", status=403), "refused the token"),
        (Reply(b"<html>", status=200), "not JSON"),
        (Reply(b'{"a": 1}', status=200), "not a list"),
        (Reply(b"[]", status=200), "no paper"),
    ],
)
def test_what_cannot_work_is_said_and_the_token_forgotten(
    github: Stub, ben: Member, as_ben: Client, lab: object, reply: Reply, said: str
):
    github.reply = reply
    row = fetch(ben, token=TOKEN)
    assert (row.state, row.token) == ("failed", "")
    assert said.lower() in row.problem.lower()
    assert said.lower() in as_ben.get(f"{PAGE}{row.pk}/").text.lower()


@pytest.mark.parametrize(
    "reply",
    [
        Reply(status=502), Reply(status=429, headers={"Retry-After": "30"}),
        Reply(status=403, headers={"X-RateLimit-Remaining": "0"}),
    ],
)  # fmt: skip
def test_a_server_that_is_busy_is_asked_again(github: Stub, ben: Member, lab: object, reply: Reply):
    github.reply = reply
    row = fetch(ben, token=TOKEN)
    assert (row.state, row.token, row.tries) == ("waiting", TOKEN, 1)
    assert ProcrastinateJob.objects.filter(task_name=FETCHING, status="todo").exists()
    github.reply = serve(lambda: github.origin, 2)
    LookupTurn.objects.all().delete()
    fetch_issues(pk=row.pk, at=make.NOW)
    row.refresh_from_db()
    assert (row.state, row.token) == ("done", "")


def test_pages_never_lead_to_another_host(github: Stub, ben: Member, lab: object):
    link = {"Link": '<http://169.254.169.254/latest>; rel="next"'}
    github.reply = Reply(json.dumps([make_issue("x", 1)]).encode(), headers=link)
    row = fetch(ben)
    assert row.state == "failed"
    assert len(github.asked) == 1


@pytest.mark.parametrize(
    "repository",
    ["", "papers", "https://evil.example/lab/papers", "lab/../papers", "lab/papers?x=1",
     "http://127.0.0.1/lab/papers", "lab papers", "a/b/c/d"],
)  # fmt: skip
def test_other_addresses_are_refused(as_ben: Client, lab: object, repository: str):
    answer = as_ben.post(PAGE, {"repository": repository})
    assert answer.status_code == 422
    assert not IssueFetch.objects.exists()


def test_enterprise_hosts_are_those_of_the_setting(as_ben: Client, lab: object, settings: Any):
    settings.GITHUB_HOSTS = ["git.lab.example"]
    as_ben.post(PAGE, {"repository": "https://git.lab.example/lab/papers"})
    assert IssueFetch.objects.get().server == "https://git.lab.example"


def test_fetches_are_ones_own(github: Stub, ben: Member, as_ada: Client, lab: object):
    row = fetch(ben, "lab/none")
    assert as_ada.get(f"{PAGE}{row.pk}/").status_code == 404
    assert "lab/none" not in as_ada.get(PAGE).text
