"""A lab with one of everything, and the people and programs who ask for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from copy import deepcopy
from datetime import timedelta

from django.contrib import admin
from django.db import transaction
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from papers.api.actions import make_token
from papers.curation.actions.lab import make_alumni
from papers.discussion.actions import add_comment
from papers.models import AgendaItem, ApiToken, Meeting, Member
from papers.search.actions import save_search
from tests import make
from tests.house.test_site_map import ROUTES
from tests.make import NOW

DAY = "2026-11-25"
ROLES = {
    "S": "a stranger",
    "R": "a reader",
    "M": "the member whose things they are",
    "O": "another member",
    "C": "a curator",
    "A": "an administrator",
    "X": "an alumna with the session from before",
    "r": "her program with the scope read",
    "d": "her program with the scope draft",
    "w": "her program with the scope write",
    "p": "her program with the scope publish",
}
SCOPES = {"r": "read", "d": "draft", "w": "write", "p": "publish"}
METHODS = ("GET", "POST", "PUT", "DELETE")
PANEL_PAGES = ("changelist", "add", "change", "delete", "history")


class Caller:
    """Someone who asks, as the table calls her."""

    def __init__(self, letter: str, member: Member | None, *, has_session: bool = True) -> None:
        self.letter = letter
        self.client = make.browser(member) if member and has_session else Client()
        self.headers: dict[str, str] = {}

    def ask(self, method: str, path: str) -> HttpResponse:
        """The answer; whatever was changed is as before."""
        cookies = deepcopy(self.client.cookies)
        with transaction.atomic():
            answer = self.client.generic(
                method, path, b"", content_type="application/x-www-form-urlencoded",
                headers={"Referer": "http://testserver/", **self.headers},
            )  # fmt: skip
            transaction.set_rollback(True)
        self.client.cookies = cookies  # signing out takes them away
        return answer  # type: ignore[return-value]


def build() -> dict[str, Caller]:
    """The lab; the first row of each table belongs to ben where it belongs to anybody."""
    make.lab(public_reading=False)
    ben, other = make.member("ben"), make.member("other")
    ada = make.member("ada", role=Member.Role.CURATOR)
    reader = make.member("rea", role=Member.Role.READER)
    root = make.member("root", role=Member.Role.CURATOR, is_superuser=True)
    gone = make.member("gone")
    make.member("phil", state=Member.State.PLACEHOLDER, name="Phil")
    topic = make.topic("Known topic")
    paper = make.paper("A known paper", topics=[topic], added_by=ben)
    make.claim(paper, ben)
    review = make.review(make.paper("A reviewed paper", added_by=ben), ben)
    make.experiment("Try it", paper=paper, owner=ben, proposed_by=ben)
    meeting = Meeting.objects.create(day=make.day(DAY), starts_at=NOW, created_at=NOW, lead=ben)
    AgendaItem.objects.create(meeting=meeting, paper=paper, presenter=ben)
    save_search(name="Old", text="old", by=ben, at=NOW)
    add_comment(subject=paper, body="First.", by=ben, at=NOW)
    add_comment(subject=review, body="Second.", by=ben, at=NOW)
    make.index()
    people = {"S": None, "R": reader, "M": ben, "O": other, "C": ada, "A": root, "X": gone}
    callers = {letter: Caller(letter, member) for letter, member in people.items()}
    callers["X"].client.get("/papers/")
    make_alumni(member=gone, by=ada, at=NOW)
    for letter, scope in SCOPES.items():
        made = make_token(name=scope, scopes=[scope], days=30, by=ben, at=NOW - timedelta(days=1))
        callers[letter] = Caller(letter, None)
        callers[letter].headers = {"Authorization": f"Bearer {made[1]}"}
    assert ApiToken.objects.count() == len(SCOPES)
    return callers


def list_addresses() -> dict[str, str]:
    """Every address of the site, by the route that stands in the table."""
    site = {route: fill(route) for route in ROUTES if not re.match(r"admin/|.*\(\?P", route)}
    return site | dict(list_panel())


def fill(route: str) -> str:
    """The route with what stands in the lab."""
    path = re.sub(r"<key:\w+>", "1", route).replace("<day:day>", DAY)
    path = path.replace("<str:handle>", "phil" if "placeholders" in route else "ben")
    path = path.replace("<path:path>", "known-topic").replace("<str:slug>", "a-known-paper")
    return "/" + re.sub(r"<\w+:\w+>", "2026-W46", path)


def list_panel() -> Iterator[tuple[str, str]]:
    """Each page of each table of the panel; a row is number 1, whether it is there or not."""
    for model in admin.site._registry:
        name = f"{model._meta.app_label}_{model._meta.model_name}"
        for page in PANEL_PAGES:
            args = [1] if page in {"change", "delete", "history"} else []
            yield f"admin {name} {page}", reverse(f"admin:{name}_{page}", args=args)


def is_let_in(answer: HttpResponse) -> bool:
    """It was not refused: no sign-in, no 401, 403, 404 or 405."""
    if answer.status_code in {401, 403, 404, 405}:
        return False
    return not (
        answer.status_code == 302
        and answer["Location"].startswith(("/accounts/login/", "/admin/login/"))
    )
