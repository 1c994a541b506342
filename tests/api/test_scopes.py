"""A token does what its scope and its member allow, and nothing else."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.test import Client

from papers.api.guide.openapi import make_document
from papers.models import Member, Review
from tests import make
from tests.api.programs import ALL, Program
from tests.files.pictures import draw, write_pdf

pytestmark = pytest.mark.django_db(transaction=True)

OPERATIONS = [
    ("GET", "papers", "read"),
    ("GET", "papers/{pk}", "read"),
    ("GET", "papers/{pk}/reviews", "read"),
    ("GET", "papers/{pk}/comments", "read"),
    ("GET", "me", "read"),
    ("GET", "topics", "read"),
    ("GET", "votes", "read"),
    ("GET", "digests", "read"),
    ("GET", "digests/2026-W46", "read"),
    ("GET", "exports", "read"),
    ("GET", "exports/bibtex", "read"),
    ("GET", "files", "read"),
    ("GET", "files/0", "read"),
    ("GET", "papers/{pk}/files", "read"),
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
    ("POST", "papers/{pk}/files", "write"),
    ("POST", "files", "write"),
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
    "files": {"file": ("plot.png", draw()), "alt": "A plot"},
    "papers/{pk}/files": {"file": ("paper.pdf", write_pdf()), "kind": "paper"},
}


def find_body(method: str, path: str) -> Any:
    """What an operation is sent that makes or changes something."""
    if method not in {"POST", "PUT"}:
        return None
    return BODIES.get(path) or BODIES.get(path.rpartition("/")[2])


def test_every_operation_is_in_the_table():
    paths = make_document()["paths"]
    known = {(method, find_template(path)) for method, path, _ in OPERATIONS}
    assert known == {(m.upper(), path) for path, methods in paths.items() for m in methods}


def find_template(path: str) -> str:
    """The path as the document writes it."""
    for end, name in (("/2026-W46", "{week}"), ("/bibtex", "{name}"), ("files/0", "{key}")):
        if path.endswith(end):
            path = f"{path.rpartition('/')[0]}/{name}"
    return f"/api/v1/{path}"


@pytest.mark.parametrize(("method", "path", "scope"), OPERATIONS)
def test_a_scope_does_its_part_and_nothing_else(ada: Member, method: str, path: str, scope: str):
    paper = make.paper()
    body, path = find_body(method, path), path.format(pk=paper.pk)
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
        if (
            scope != "read"
            and method != "GET"
            and not path.endswith("comments")
            and path != "files"
        ):
            body = find_body(method, path) or {}
            answer = program.ask(method, path.format(pk=paper.pk), body)
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
            assert b"xylophone" not in b"".join(answer), path  # type: ignore[arg-type]
    assert program.get("papers?q=xylophone")["count"] == 0
    theirs = Program(ben)
    theirs.ask("PUT", f"papers/{paper.pk}/draft", {"summary": "Draft glockenspiel", "stamp": "1.0"})
    assert "glockenspiel" in str(theirs.get("drafts"))
    assert program.get("drafts") == []
