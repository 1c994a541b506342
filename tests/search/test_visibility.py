"""Search, counts, facets, passages and suggestions never touch what a viewer may not see."""

from __future__ import annotations

from datetime import date

import pytest
from django.contrib.auth.models import AnonymousUser

from papers.access import Viewer
from papers.models import Comment, Lab, Member, Paper, ReviewDraft
from papers.search.highlighting import Marker
from papers.search.index.actions import count_words, refresh
from papers.search.language.parser import parse
from papers.search.passages import find_fragments
from papers.search.queries import find_papers
from tests import make

TODAY = date(2026, 11, 18)
SECRET = "zyzzyva"
HIDDEN = [
    SECRET,
    "zyzzyv*",
    f"plain {SECRET}",
    f'"a {SECRET} here"',
    f"in:critique {SECRET}",
    f"in:summary {SECRET}",
    f"in:followup {SECRET}",
    f"{SECRET} sort:new",
    f"{SECRET} or is:overdue",
    f"{SECRET} is:reviewed",
]


def sees(text: str, by: Viewer, lab: Lab, paper: Paper) -> bool:
    found = find_papers(text, by=by, lab=lab, today=TODAY, typing=True, with_facets=True)
    assert not found.suggestion
    assert found.count.number == len(found.paper_ids)
    marker = Marker.of(parse(text).query)
    find_fragments(marker, found.paper_ids, by=by, lab=lab)
    return paper.pk in found.paper_ids and not found.is_relaxed


@pytest.fixture
def paper(lab: Lab, cy: Member) -> Paper:
    """A paper on which cy said the secret word in a review, below it and in what followed."""
    paper = make.paper("Plain paper")
    text = f"A {SECRET} here"
    review = make.review(
        paper, cy, summary=text, critique=text, follow_up=text, takeaway=text, verdict="adopt"
    )
    tried = make.experiment(text, paper=paper, review=review)
    for place in ({"review": review}, {"experiment": tried}):
        Comment.objects.create(author=cy, body=text, created_at=make.NOW, **place)
    refresh([paper.pk])
    count_words()
    return paper


@pytest.mark.parametrize("text", HIDDEN)
def test_members_find_reviews_and_what_followed(
    text: str, paper: Paper, ben: Member, lab: Lab
) -> None:
    assert sees(text, ben, lab, paper)


@pytest.mark.parametrize("text", HIDDEN)
def test_a_closed_review_is_not_found_by_its_words(
    text: str, paper: Paper, ben: Member, ada: Member, cy: Member, lab: Lab
) -> None:
    lab.independent_reviews = True
    make.claim(paper, ben)
    make.claim(paper, ada)
    assert not sees(text, ben, lab, paper)
    assert not sees(text, ada, lab, paper)
    assert sees(text, cy, lab, paper)


@pytest.mark.parametrize(
    "text", [f"plain -{SECRET}", f"-{SECRET}", f"plain -(in:critique {SECRET})", "-verdict:adopt"]
)
def test_taking_a_closed_word_away_tells_nothing_either(
    text: str, paper: Paper, ben: Member, lab: Lab
) -> None:
    assert not sees(text, ben, lab, paper)
    lab.independent_reviews = True
    make.claim(paper, ben)
    assert sees(text, ben, lab, paper)


def test_verdicts_and_disagreement_of_closed_reviews_are_not_told(
    paper: Paper, ben: Member, ada: Member, lab: Lab
) -> None:
    make.review(paper, ada, verdict="skip")
    newer = make.paper("Newer")
    refresh([paper.pk, newer.pk])
    order = "sort:disagreement"
    asked = {"by": ben, "lab": lab, "today": TODAY}
    assert find_papers(order, **asked).paper_ids == [paper.pk, newer.pk]
    lab.independent_reviews = True
    make.claim(paper, ben)
    assert find_papers(order, **asked).paper_ids == [newer.pk, paper.pk]
    assert not sees("verdict:adopt", ben, lab, paper)
    assert not sees("has:experiment", ben, lab, paper)
    assert not sees("in:critique", ben, lab, paper)
    assert sees("is:reviewed", ben, lab, paper)


def test_a_members_own_review_opens_the_others(paper: Paper, ben: Member, lab: Lab) -> None:
    lab.independent_reviews = True
    make.claim(paper, ben)
    make.review(paper, ben)
    refresh([paper.pk])
    assert sees(SECRET, ben, lab, paper)


def test_the_paper_itself_and_open_talk_stay_searchable(
    paper: Paper, ben: Member, lab: Lab
) -> None:
    Comment.objects.create(paper=paper, author=ben, body="open talk", created_at=make.NOW)
    refresh([paper.pk])
    lab.independent_reviews = True
    make.claim(paper, ben)
    assert sees("plain talk", ben, lab, paper)


def test_drafts_are_never_found(lab: Lab, ben: Member) -> None:
    paper = make.paper("Drafted")
    ReviewDraft.objects.create(
        paper=paper, member=ben, summary=SECRET, started_at=make.NOW, saved_at=make.NOW
    )
    refresh([paper.pk])
    assert not sees(SECRET, ben, lab, paper)


def test_deleted_reviews_and_comments_are_never_found(paper: Paper, ben: Member, lab: Lab) -> None:
    Comment.objects.update(deleted_at=make.NOW)
    paper.experiments.all().delete()
    paper.reviews.update(deleted_at=make.NOW)
    refresh([paper.pk])
    assert not sees(SECRET, ben, lab, paper)
    assert sees("is:open", ben, lab, paper)


def test_words_of_reviews_are_no_suggestions(paper: Paper, ben: Member, lab: Lab) -> None:
    lab.independent_reviews = True
    make.claim(paper, ben)
    found = find_papers("zyzzyvva", by=ben, lab=lab, today=TODAY)
    assert not found.suggestion


def test_strangers_find_nothing_where_the_lab_reads_in_private(paper: Paper, lab: Lab) -> None:
    for stranger in (AnonymousUser(), None):
        found = find_papers("", by=stranger, lab=lab, today=TODAY, with_facets=True)
        assert not found.paper_ids
        assert not found.facets


def test_strangers_find_reviews_but_no_talk_where_the_lab_reads_in_public(
    paper: Paper, ben: Member, lab: Lab
) -> None:
    lab.public_reading = True
    stranger = AnonymousUser()
    assert sees(SECRET, stranger, lab, paper)
    Comment.objects.create(paper=paper, author=ben, body="mumble", created_at=make.NOW)
    make.experiment("mumble", paper=paper)
    make.claim(paper, ben)
    refresh([paper.pk])
    assert sees("mumble", ben, lab, paper)
    for text in ("mumble", "claimed-by:ben", "is:claimed", "has:experiment", "added-by:ben"):
        assert not sees(text, stranger, lab, paper), text
    found = find_papers("", by=stranger, lab=lab, today=TODAY, with_facets=True)
    shown = {facet.field: [value.label for value in facet.values] for facet in found.facets}
    assert shown == {"is": ["reviewed"], "topic": [""]}, "its state, and that it has no topic"


def test_an_alumnus_finds_nothing(paper: Paper, dan: Member, lab: Lab) -> None:
    assert not find_papers("", by=dan, lab=lab, today=TODAY).paper_ids
