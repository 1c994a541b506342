"""Texts that a program doesn't send stay; names that nobody knows are refused."""

from __future__ import annotations

import json
from typing import Any

import pytest
from django.http import HttpResponse

from papers.models import Member, Paper, Review, ReviewDraft
from tests import make
from tests.api.programs import Program
from tests.api.test_hostile_bodies import list_operations

pytestmark = pytest.mark.django_db(transaction=True)

WHOLE = {"summary": "It works.", "critique": "One seed.", "verdict": "try", "depth": "read"}


@pytest.fixture
def paper(ada: Member) -> Paper:
    return make.paper()


def save(program: Program, paper: Paper, body: dict[str, Any]) -> HttpResponse:
    return program.ask("PUT", f"papers/{paper.pk}/draft", body)


def read_texts() -> dict[str, str]:
    return ReviewDraft.objects.values(*WHOLE).get()


def test_a_draft_keeps_what_is_not_sent_and_empties_what_is_sent_empty(ada: Member, paper: Paper):
    program = Program(ada, "draft")
    save(program, paper, WHOLE)
    one = save(program, paper, {"critique": "Two seeds.", "stamp": "0.1"})
    assert one.status_code == 200
    assert read_texts() == WHOLE | {"critique": "Two seeds."}
    assert save(program, paper, {"stamp": "0.2"}).status_code == 200
    assert read_texts() == WHOLE | {"critique": "Two seeds."}
    save(program, paper, {"verdict": "", "summary": "", "stamp": "0.2"})
    assert read_texts() == WHOLE | {"critique": "Two seeds.", "verdict": "", "summary": ""}


def test_a_draft_of_a_published_review_begins_with_its_texts(ada: Member, paper: Paper):
    make.review(paper, ada, **WHOLE)
    program = Program(ada, "draft")
    assert save(program, paper, {"stamp": "1.0"}).status_code == 204
    assert save(program, paper, {"critique": "Two seeds.", "stamp": "1.0"}).status_code == 200
    assert read_texts() == WHOLE | {"critique": "Two seeds."}


def test_a_deleted_review_lends_no_texts(ada: Member, paper: Paper):
    make.review(paper, ada, deleted_at=make.NOW, **WHOLE)
    save(Program(ada, "draft"), paper, {"critique": "Two seeds."})
    assert read_texts() == dict.fromkeys(WHOLE, "") | {"critique": "Two seeds."}


def test_publishing_takes_the_draft_with_what_is_sent(ada: Member, paper: Paper):
    program = Program(ada, "draft", "publish")
    save(program, paper, WHOLE)
    made = program.ask("POST", f"papers/{paper.pk}/review", {"verdict": "skip", "stamp": "0.1"})
    assert made.status_code == 201
    assert Review.objects.values(*WHOLE).get() == WHOLE | {"verdict": "skip"}
    again = program.ask("POST", f"papers/{paper.pk}/review", {"depth": "skimmed", "stamp": "1.0"})
    assert again.status_code == 201, again.content
    assert Review.objects.values(*WHOLE).get() == WHOLE | {"verdict": "skip", "depth": "skimmed"}


def test_a_token_that_reads_no_drafts_publishes_none_of_their_texts(ada: Member, paper: Paper):
    save(Program(ada, "draft"), paper, WHOLE)
    program, path = Program(ada, "publish"), f"papers/{paper.pk}/review"
    assert program.ask("POST", path, {"stamp": "0.1"}).status_code == 422
    assert read_texts() == WHOLE
    made = program.ask("POST", path, {"summary": "Mine.", "stamp": "0.1"})
    assert made.status_code == 201
    assert b"One seed." not in made.content


def test_a_misspelled_field_of_a_draft_is_named_and_nothing_is_saved(ada: Member, paper: Paper):
    program = Program(ada, "draft")
    save(program, paper, WHOLE)
    answer = save(program, paper, {"sumary": "Lost?", "stamp": "0.1"})
    assert answer.status_code == 422
    assert answer["Content-Type"] == "application/problem+json"
    assert json.loads(answer.content)["errors"] == {"sumary": ["There is no field of this name."]}
    assert read_texts() == WHOLE


@pytest.mark.parametrize("name", ["titel", "data"])
def test_every_body_refuses_unknown_fields(ada: Member, paper: Paper, name: str):
    program = Program(ada)
    for method, path, _fields in list_operations():
        answer = program.ask(method, path.replace("/1/", f"/{paper.pk}/"), {name: "x"})
        assert answer.status_code == 422, (method, path)
        assert json.loads(answer.content)["errors"][name] == ["There is no field of this name."]


@pytest.mark.parametrize(
    "path", ["papers?query=x", "topics?q=x", "me?x=1", "exports/bibtex?query=x"]
)
def test_unknown_query_parameters_are_refused_and_named(ada: Member, path: str):
    answer = Program(ada, "read").ask("GET", path)
    assert answer.status_code == 422
    name = path.partition("?")[2].partition("=")[0]
    said = {name: ["There is no parameter of this name."]}
    assert json.loads(answer.content)["errors"] == said


def test_unknown_fields_of_an_upload_are_refused_and_named(ada: Member):
    body = {"file": ("a.png", b"x"), "alt": "A plot", "for": "review"}
    answer = Program(ada).ask("POST", "files", body)
    assert answer.status_code == 422
    assert list(json.loads(answer.content)["errors"]) == ["for"]
