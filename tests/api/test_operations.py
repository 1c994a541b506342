"""Programs read and write what their member may, and no more."""

from __future__ import annotations

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from papers.api.actions import forget_old_answers, make_token
from papers.api.views.document import make_document
from papers.api.views.gate import LIMIT
from papers.models import ApiAnswer, ApiToken, Claim, Comment, Experiment, Member, Review
from tests import make

pytestmark = pytest.mark.django_db(transaction=True)

ALL = tuple(ApiToken.Scope.values)


class Program:
    """A program with a token of this member."""

    def __init__(self, member: Member, *scopes: str, days: int = 30) -> None:
        given = scopes or ALL
        self.token, self.secret = make_token(
            name="Script", scopes=given, days=days, by=member, at=timezone.now()
        )
        self.client = Client()

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> HttpResponse:
        """The answer to a request under `/api/v1/`."""
        headers = {"Authorization": f"Bearer {self.secret}"} | {
            name.replace("_", "-"): value for name, value in headers.items()
        }
        url = path if path.startswith("/") else f"/api/v1/{path}"
        text = json.dumps(body) if body is not None else ""
        return self.client.generic(
            method, url, text, content_type="application/json", headers=headers
        )  # type: ignore[return-value]

    def get(self, path: str, **headers: str) -> Any:
        """What a GET answers, which must be 200."""
        answer = self.ask("GET", path, **headers)
        assert answer.status_code == 200, (path, answer.status_code, answer.content[:300])
        return json.loads(answer.content)


@pytest.fixture
def ada() -> Member:
    make.lab()
    return make.member("ada")


def test_a_program_finds_papers_page_by_page(ada: Member):
    for n in range(5):
        make.paper(f"Graphs number {n}")
    make.paper("Something else")
    make.index()
    program = Program(ada, "read")
    found = program.get("papers?q=graphs&limit=2")
    assert found["count"] == 5
    titles = [one["title"] for one in found["items"]]
    while found["next"]:
        found = program.get(found["next"])
        titles += [one["title"] for one in found["items"]]
    assert sorted(titles) == [f"Graphs number {n}" for n in range(5)]
    assert len(program.get("papers?limit=200")["items"]) == 6


def test_lists_take_the_same_number_of_queries_for_few_and_many(ada: Member):
    program = Program(ada, "read")
    paths = ["papers", "topics", "members", "claims", "reviews", "experiments", "meetings"]

    def count() -> dict[str, int]:
        found = {}
        for path in paths:
            with CaptureQueriesContext(connection) as queries:
                program.get(path)
            found[path] = len(queries)
        return found

    def grow(times: int) -> None:
        for _ in range(times):
            other, paper, topic = make.member(), make.paper(), make.topic()
            make.listing(paper, topic)
            make.claim(paper, other)
            make.review(paper, other)
            make.experiment(paper=paper, owner=other)
        make.index()

    grow(1)
    count()  # the first use of a token is noted
    few = count()
    grow(12)
    assert count() == few
    assert max(few.values()) <= 18


def test_a_member_goes_from_an_id_to_a_published_review(ada: Member):
    program = Program(ada)
    made = program.ask(
        "POST",
        "papers",
        {"title": "On graphs", "authors": ["Ann Example"], "names": ["2106.12345"]},
    )
    assert made.status_code == 201
    paper = json.loads(made.content)
    assert paper["identifiers"] == [{"kind": "arxiv", "value": "2106.12345"}]
    again = program.ask("POST", "papers", {"title": "Graphs", "names": ["arXiv:2106.12345v2"]})
    assert again.status_code == 409
    assert again["Content-Type"] == "application/problem+json"
    claimed = program.ask("POST", f"papers/{paper['id']}/claim")
    assert claimed.status_code == 200
    assert json.loads(claimed.content)["member"] == "ada"
    texts = {"summary": "It works.", "critique": "* One seed.", "verdict": "try"}
    saved = program.ask("PUT", f"papers/{paper['id']}/draft", texts | {"stamp": "0.0"})
    assert saved.status_code == 200
    stamp = json.loads(saved.content)["stamp"]
    stale = program.ask("PUT", f"papers/{paper['id']}/draft", {"summary": "Old.", "stamp": "0.0"})
    assert stale.status_code == 409
    assert [one["summary"] for one in program.get("drafts")] == ["It works."]
    published = program.ask("POST", f"papers/{paper['id']}/review", texts | {"stamp": stamp})
    assert published.status_code == 201
    assert Review.objects.get().critique == "* One seed."
    assert not Claim.objects.open().exists()
    assert program.get(f"papers/{paper['id']}")["reviewers"] == ["ada"]
    assert program.get(f"papers/{paper['id']}/reviews")[0]["verdict"] == "try"
    assert program.ask("GET", f"papers/{paper['id']}/draft").status_code == 404


def test_comments_experiments_votes_and_giving_back(ada: Member):
    paper, program = make.paper(), Program(ada, "read", "write")
    first = program.ask("POST", f"papers/{paper.pk}/comments", {"body": "Which seed?"})
    assert first.status_code == 201
    parent = json.loads(first.content)["id"]
    reply = program.ask("POST", f"papers/{paper.pk}/comments", {"body": "17.", "parent": parent})
    assert Comment.objects.get(pk=json.loads(reply.content)["id"]).parent_id == parent
    assert [one["body"] for one in program.get(f"papers/{paper.pk}/comments")] == [
        "Which seed?", "17.",
    ]  # fmt: skip
    idea = program.ask("POST", f"papers/{paper.pk}/experiments", {"title": "Five seeds"})
    assert idea.status_code == 201
    assert Experiment.objects.get().title == "Five seeds"
    assert program.ask("PUT", f"papers/{paper.pk}/vote").status_code == 204
    assert program.ask("DELETE", f"papers/{paper.pk}/vote").status_code == 204
    assert program.ask("POST", f"papers/{paper.pk}/claim").status_code == 200
    assert program.ask("DELETE", f"papers/{paper.pk}/claim").status_code == 204
    assert program.ask("DELETE", f"papers/{paper.pk}/claim").status_code == 404


OPERATIONS = [
    ("GET", "papers", "read"),
    ("GET", "papers/{pk}", "read"),
    ("GET", "papers/{pk}/reviews", "read"),
    ("GET", "papers/{pk}/comments", "read"),
    ("GET", "me", "read"),
    ("GET", "topics", "read"),
    ("GET", "members", "read"),
    ("GET", "claims", "read"),
    ("GET", "reviews", "read"),
    ("GET", "experiments", "read"),
    ("GET", "meetings", "read"),
    ("GET", "drafts", "draft"),
    ("GET", "papers/{pk}/draft", "draft"),
    ("PUT", "papers/{pk}/draft", "draft"),
    ("POST", "papers", "write"),
    ("POST", "papers/{pk}/claim", "write"),
    ("DELETE", "papers/{pk}/claim", "write"),
    ("PUT", "papers/{pk}/vote", "write"),
    ("DELETE", "papers/{pk}/vote", "write"),
    ("POST", "papers/{pk}/comments", "write"),
    ("POST", "papers/{pk}/experiments", "write"),
    ("POST", "papers/{pk}/review", "publish"),
]
BODIES = {
    "papers": {"title": "New"},
    "comments": {"body": "Hello."},
    "experiments": {"title": "Try it"},
    "review": {"summary": "Good.", "stamp": "0.0"},
    "draft": {"summary": "Good.", "stamp": "0.0"},
}


def test_every_operation_is_in_the_table():
    paths = make_document()["paths"]
    known = {(method, f"/api/v1/{path}") for method, path, _ in OPERATIONS}
    assert known == {(m.upper(), path) for path, methods in paths.items() for m in methods}


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
def test_a_scope_does_its_part_and_nothing_else(ada: Member, method: str, path: str, scope: str):
    paper = make.paper()
    path = path.format(pk=paper.pk)
    body = BODIES.get(path.rpartition("/")[2]) if method in {"POST", "PUT"} else None
    for other in ALL:
        if other != scope:
            answer = Program(ada, other).ask(method, path, body)
            assert answer.status_code == 403, other
            assert scope in json.loads(answer.content)["detail"]
    assert not Review.objects.exists()
    assert Program(ada, scope).ask(method, path, body).status_code in {200, 201, 204, 404}
    assert Client().generic(method, f"/api/v1/{path}").status_code == 401


def test_readers_write_nothing(ada: Member):
    paper, reader = make.paper(), make.member("rea", role=Member.Role.READER)
    program = Program(reader)
    for method, path, scope in OPERATIONS:
        if scope != "read" and method != "GET" and "comments" not in path:
            path = path.format(pk=paper.pk)
            answer = program.ask(method, path, BODIES.get(path.rpartition("/")[2], {}))
            assert answer.status_code == 403, (method, path)


def test_closed_reviews_and_others_drafts_stay_closed(ada: Member):
    make.lab(independent_reviews=True)
    ben, paper = make.member("ben"), make.paper()
    make.review(paper, ben, summary="The planted word is xylophone.")
    hidden = make.experiment("xylophone follow-up", paper=paper, review=Review.objects.get())
    assert hidden.review_id
    make.claim(paper, ada)
    make.index()
    program = Program(ada)
    for method, path, _scope in OPERATIONS:
        if method == "GET":
            answer = program.ask(method, path.format(pk=paper.pk))
            assert b"xylophone" not in answer.content, path
    assert program.get("papers?q=xylophone")["count"] == 0
    theirs = Program(ben)
    theirs.ask("PUT", f"papers/{paper.pk}/draft", {"summary": "Draft glockenspiel", "stamp": "1.0"})
    assert "glockenspiel" in str(theirs.get("drafts"))
    assert program.get("drafts") == []


def test_the_same_key_acts_once_also_at_the_same_moment(ada: Member):
    paper, program = make.paper(), Program(ada)
    gate = Barrier(4)

    def send(_: int) -> tuple[int, bytes]:
        gate.wait()
        try:
            answer = program.ask(
                "POST", f"papers/{paper.pk}/experiments", {"title": "Once"}, Idempotency_Key="k1"
            )
            return answer.status_code, answer.content
        finally:
            connection.close()

    with ThreadPoolExecutor(4) as pool:
        answers = set(pool.map(send, range(4)))
    assert len(answers) == 1
    assert answers.pop()[0] == 201
    assert Experiment.objects.count() == 1
    other = program.ask(
        "POST", f"papers/{paper.pk}/experiments", {"title": "Twice"}, Idempotency_Key="k1"
    )
    assert other.status_code == 422
    assert program.ask("POST", "papers", {}, Idempotency_Key="k2").status_code == 422
    assert program.ask("POST", "papers", {"title": "T"}, Idempotency_Key="k2").status_code == 201
    assert forget_old_answers(at=timezone.now() + timedelta(days=3)) == 2
    assert not ApiAnswer.objects.exists()


def test_what_did_not_change_is_answered_304(ada: Member):
    program = Program(ada)
    make.paper("First")
    answer = program.ask("GET", "papers")
    etag = answer["ETag"]
    assert program.ask("GET", "papers", If_None_Match=etag).status_code == 304
    make.paper("Second")
    assert program.ask("GET", "papers", If_None_Match=etag).status_code == 200
    other = Program(make.member("ben"))
    assert other.ask("GET", "papers", If_None_Match=etag).status_code == 200


def test_a_token_ends_with_what_ends_sessions(ada: Member):
    program = Program(ada)
    assert program.get("me")["handle"] == "ada"
    ada.set_password("another")
    ada.save()
    assert program.ask("GET", "me").status_code == 401
    program = Program(ada)
    Member.objects.update(state=Member.State.ALUMNI, is_active=False)
    assert program.ask("GET", "me").status_code == 401
    Member.objects.update(state=Member.State.ACTIVE, is_active=True)
    assert program.ask("GET", "me").status_code == 200
    ApiToken.objects.update(expires_at=timezone.now())
    assert program.ask("GET", "me").status_code == 401


def test_a_session_is_no_token_and_a_token_no_session(ada: Member, client: Client):
    client.force_login(ada, "papers.accounts.backends.MemberBackend")
    assert client.get("/api/v1/me").status_code == 401
    program = Program(ada)
    assert program.ask("GET", "/papers/").status_code == 302


def test_more_than_the_limit_is_refused_with_the_time_to_wait(ada: Member):
    program = Program(ada)
    first = program.ask("GET", "me")
    assert first["RateLimit-Limit"] == str(LIMIT.burst)
    assert int(first["RateLimit-Remaining"]) == LIMIT.burst - 1
    answers = [program.ask("GET", "me") for _ in range(LIMIT.burst + 20)]
    refused = [one for one in answers if one.status_code == 429]
    assert refused
    assert int(refused[0]["Retry-After"]) >= 1


@pytest.mark.parametrize(
    ("method", "path", "body", "status"),
    [
        ("GET", "papers/99999999999", None, 404),
        ("GET", "papers?limit=0", None, 422),
        ("GET", "topics?after=" + "9" * 400, None, 422),
        ("POST", "papers", {"title": "x", "names": ["nonsense"]}, 422),
        ("POST", "papers", {"title": "a\x00b"}, 201),
        ("POST", "papers", ["no", "object"], 422),
        ("PUT", "papers/{pk}/draft", {"stamp": "x"}, 422),
        ("PUT", "papers/{pk}/draft", {"summary": "a\x00\ud800b", "stamp": "0.0"}, 422),
        ("PATCH", "papers", {}, 405),
    ],
)
def test_what_cannot_be_is_said_as_a_problem(
    ada: Member, method: str, path: str, body: Any, status: int
):
    paper = make.paper()
    answer = Program(ada).ask(method, path.format(pk=paper.pk), body)
    assert answer.status_code == status, answer.content[:300]


@pytest.mark.unknown_addresses
@pytest.mark.parametrize("path", ["papers/" + "9" * 400, "nothing", "papers/x"])
def test_an_address_that_is_none(ada: Member, path: str):
    assert Program(ada).ask("GET", path).status_code == 404
