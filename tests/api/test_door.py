"""The door of the API: sent twice, asked again, ended, too often, and what cannot be."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
from django.db import connection
from django.test import Client

from papers.api.door.actions import forget_old_answers
from papers.api.door.views import LIMIT
from papers.models import ApiAnswer, ApiToken, Experiment, Member
from tests import make
from tests.api.programs import Program
from tests.make import NOW

pytestmark = pytest.mark.django_db(transaction=True)


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
    assert forget_old_answers(at=NOW + timedelta(days=3)) == 2
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
    ApiToken.objects.update(expires_at=NOW)
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
        ("PUT", "papers/{pk}/draft", {"summary": "a\x00\ud800b", "stamp": "0.0"}, 200),
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
