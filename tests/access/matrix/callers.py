"""The people and programs who ask for every address, each with a letter."""

from __future__ import annotations

from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.db import connection, transaction
from django.test import Client

from papers.api.tokens.actions import make_token
from papers.curation.actions.lab import make_alumni
from papers.models import Member
from tests import make
from tests.make import NOW

ROLES = {
    "S": "a stranger",
    "R": "a reader",
    "M": "a member",
    "O": "another member",
    "C": "a curator",
    "A": "an administrator",
    "X": "an alumna with the session from before",
    "r": "the member's program with the scope read",
    "d": "the member's program with the scope draft",
    "w": "the member's program with the scope write",
    "p": "the member's program with the scope publish",
}
FORM = "application/x-www-form-urlencoded"
TYPES = {"{": "application/json", "-": "multipart/form-data; boundary=edge"}
"""Of bodies that begin so."""
SCOPES = {"r": "read", "d": "draft", "w": "write", "p": "publish"}


@dataclass(frozen=True)
class Answer:
    """What came back, as text to look through."""

    status: int
    location: str
    text: bytes
    acts: int = 0
    """Events that the request recorded: 0 where it was refused."""


class Caller:
    """Someone who asks, as the table calls them."""

    def __init__(self, member: Member | None, headers: Mapping[str, str] | None = None) -> None:
        self.client = make.browser(member) if member else Client()
        self.client.raise_request_exception = False
        self.acts = 0
        self.headers = {"Referer": "http://testserver/", **(headers or {})}

    def ask(self, method: str, path: str, body: str = "") -> Answer:
        """The answer; whatever was changed is as before."""
        cookies = deepcopy(self.client.cookies)
        with transaction.atomic():
            answer = self.client.generic(
                method, path, body, content_type=TYPES.get(body[:1], FORM),
                headers=self.headers,
            )  # fmt: skip
            found = read(answer, 0 if method == "GET" else count_acts() - self.acts)
            transaction.set_rollback(True)
        self.client.cookies = cookies  # signing out takes them away
        return found


def read(answer: Any, acts: int) -> Answer:
    """Status, place and every byte of the answer, headers first."""
    body = b"".join(answer) if answer.streaming else answer.content
    head = "\n".join(f"{name}: {value}" for name, value in answer.items())
    text = head.encode() + b"\n\n" + body
    return Answer(answer.status_code, answer.get("Location", ""), text, acts)


def make_people() -> dict[str, Member]:
    """Everybody but the stranger; the alumna is a member until `let_leave`."""
    curator = Member.Role.CURATOR
    return {
        "R": make.member("rea", role=Member.Role.READER),
        "M": make.member("ben"),
        "O": make.member("other"),
        "C": make.member("ada", role=curator),
        "A": make.member("root", role=curator, is_superuser=True),
        "X": make.member("gone"),
    }


def make_callers(people: Mapping[str, Member]) -> dict[str, Caller]:
    """A browser for each, and the member's programs; the alumna has left since she signed in."""
    callers = {"S": Caller(None)} | {letter: Caller(one) for letter, one in people.items()}
    assert callers["X"].ask("GET", "/papers/").status == 200
    make_alumni(member=people["X"], by=people["C"], at=NOW)
    for letter, scope in SCOPES.items():
        _, secret = make_token(
            name=scope, scopes=[scope], days=30, by=people["M"], at=NOW - timedelta(days=1)
        )
        callers[letter] = Caller(None, {"Authorization": f"Bearer {secret}"})
    return {letter: callers[letter] for letter in ROLES}


def count_acts() -> int:
    """Acts on record: what a refused request must not add to."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM papers_event")
        return int(cursor.fetchone()[0])
