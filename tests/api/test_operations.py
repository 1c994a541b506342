"""Programs find papers, and go from an ID to a published review."""

from __future__ import annotations

import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from papers.models import Claim, Comment, Experiment, Member, Review
from tests import make
from tests.api.programs import Program

pytestmark = pytest.mark.django_db(transaction=True)


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
    begun = program.get(f"papers/{paper['id']}/draft")
    assert (begun["summary"], begun["stamp"]) == ("It works.", "1.0")
    more = {"critique": "* Three seeds.", "stamp": begun["stamp"]}
    assert program.ask("PUT", f"papers/{paper['id']}/draft", more).status_code == 200
    assert program.get(f"papers/{paper['id']}/draft")["critique"] == "* Three seeds."


def test_who_wrote_nothing_has_no_draft(ada: Member, ben: Member):
    paper = make.paper()
    make.review(paper, ben)
    assert Program(ada).ask("GET", f"papers/{paper.pk}/draft").status_code == 404


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
