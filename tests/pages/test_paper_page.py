"""The paper's page: what it gathers, for whom, and at what cost."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from papers.models import Comment, Event, Identifier, Lab, Link, Member, Paper, ReviewDraft
from tests import make


def show(client: Client, paper: Paper) -> str:
    answer = client.get(paper.get_absolute_url())
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_page_reads_like_a_title_page(as_ben: Client, ada: Member) -> None:
    topic = make.topic("Physics")
    paper = make.paper(
        "Rigid bodies", authors=["Ada Author"], venue="ICLR", year=2021, added_by=ada,
        abstract_html="<p>We show.</p>", note="For Friday.",
    )  # fmt: skip
    make.listing(paper, topic, note_html="<p>A classic.</p>")
    Identifier.objects.create(paper=paper, kind="arxiv", value="2106.12345")
    Link.objects.create(paper=paper, kind="code", url="https://github.com/a/b")
    page = show(as_ben, paper)
    for words in (
        "Rigid bodies", "Ada Author", "ICLR", "2021", "We show.", "For Friday.", "Physics",
        "A classic.", "https://arxiv.org/abs/2106.12345", "https://github.com/a/b",
        "Ada Curator", "@inproceedings{author2021rigid",
    ):  # fmt: skip
        assert words in page


def test_a_venue_is_shown_as_its_series_and_as_it_is_written(as_ben: Client) -> None:
    raw = "Proceedings of the 37th International Conference on Machine Learning, 2020, pp. 1-9"
    page = show(as_ben, make.paper("Rigid bodies", venue=raw, year=2020))
    assert '<span dir="auto">ICML</span>' in page
    assert f"Published as {raw}" in page
    assert "Published as" not in show(as_ben, make.paper("Two", venue="ICML 2020", year=2020))


@pytest.mark.parametrize("address", ["/papers/{pk}/", "/papers/{pk}/wrong-words/"])
def test_another_address_of_the_paper_leads_to_the_right_one(as_ben: Client, address: str) -> None:
    paper = make.paper("Rigid bodies")
    answer = as_ben.get(address.format(pk=paper.pk) + "?a=b")
    assert answer.status_code == 301
    assert answer.headers["Location"] == f"/papers/{paper.pk}/rigid-bodies/?a=b"


def test_there_is_no_page_without_a_paper(as_ben: Client) -> None:
    assert as_ben.get("/papers/999999/x/").status_code == 404


def test_a_stranger_reads_papers_and_reviews_in_a_public_lab_and_no_more(
    stranger: Client, ben: Member, cy: Member
) -> None:
    paper = make.paper("Rigid bodies")
    make.review(paper, ben, summary_html="<p>It works.</p>")
    make.claim(paper, cy)
    make.experiment("Try it", paper=paper)
    Comment.objects.create(paper=paper, author=cy, body="Hm.", body_html="Hm.", created_at=make.NOW)
    assert stranger.get(paper.get_absolute_url()).status_code == 302
    make.lab(public_reading=True)
    page = show(stranger, paper)
    assert "It works." in page
    for words in ("Cy Member", "Try it", "Hm.", "/claim/", "place"):
        assert words not in page.split("</header>", 1)[1].replace("placeholder", "")


@pytest.mark.parametrize(
    ("situation", "words"),
    [
        ("nothing", "Claim"),
        ("claimed", "Write your review"),
        ("standing", "Claim"),
        ("drafted", "Continue draft"),
        ("reviewed", "Edit your review"),
    ],
)
def test_the_first_act_fits_what_the_member_has_done(
    as_ben: Client, ben: Member, situation: str, words: str
) -> None:
    paper = make.paper()
    if situation == "claimed":
        make.claim(paper, ben)
    elif situation == "standing":
        make.claim(paper, ben, due_on=None)
    elif situation == "drafted":
        ReviewDraft.objects.create(paper=paper, member=ben, started_at=make.NOW, saved_at=make.NOW)
    elif situation == "reviewed":
        make.review(paper, ben)
    acts = show(as_ben, paper).split("paper-acts", 1)[1].split("</p>")[0]
    assert words in acts


def test_a_full_paper_offers_no_claim(as_ben: Client, cy: Member) -> None:
    paper = make.paper(slots=1)
    make.claim(paper, cy)
    page = show(as_ben, paper)
    assert "All slots taken" in page
    assert f"/papers/{paper.pk}/claim/" not in page


def test_a_curator_may_release_the_claim_of_another(
    as_ada: Client, as_ben: Client, cy: Member
) -> None:
    paper = make.paper()
    make.claim(paper, cy)
    assert "Change" in show(as_ada, paper)
    assert "Release" not in show(as_ben, paper)


def test_takeaways_stand_below_the_title(as_ben: Client, cy: Member) -> None:
    paper = make.paper()
    make.review(paper, cy, takeaway="Depth is trainable.")
    page = show(as_ben, paper)
    assert page.index("Depth is trainable.") < page.index("abstract-head")


def test_an_independent_reviewer_learns_that_others_reviewed_and_not_what(
    as_ben: Client, ben: Member, cy: Member
) -> None:
    make.lab(independent_reviews=True)
    paper = make.paper()
    review = make.review(
        paper, cy, takeaway="Secret takeaway", summary_html="Secret summary", verdict="skip"
    )
    make.experiment("Secret experiment", paper=paper, review=review)
    make.claim(paper, ben)
    page = show(as_ben, paper)
    assert "Secret" not in page
    assert "1 other" in page
    make.review(paper, ben)
    assert "Secret takeaway" in show(as_ben, paper)


def test_nobody_sees_the_draft_of_another(as_ada: Client, ben: Member) -> None:
    paper = make.paper()
    ReviewDraft.objects.create(
        paper=paper, member=ben, summary="Secret", started_at=make.NOW, saved_at=make.NOW
    )
    assert "Secret" not in show(as_ada, paper)
    assert "draft" not in show(as_ada, paper)


def test_experiments_stand_with_their_outcome(as_ben: Client, ben: Member) -> None:
    paper = make.paper()
    make.experiment(
        "Double the depth", paper=paper, owner=ben, state="refuted", closed_at=make.NOW,
        outcome="No gain.", outcome_html="<p>No gain.</p>",
    )  # fmt: skip
    page = show(as_ben, paper)
    for words in ("Double the depth", "refuted", "No gain."):
        assert words in page


def test_a_bare_paper_offers_the_first_acts(as_ada: Client) -> None:
    page = show(as_ada, make.paper())
    for words in ("No abstract yet.", "Write the first review", "No topics."):
        assert words in page


@pytest.mark.parametrize(
    ("abstract", "folds"),
    [("word " * 90, False), ("word " * 110, True), ("勾配の振る舞い" * 30, False),
     ("勾配の振る舞い" * 40, True), (f"[x](https://example.org/{'long' * 150})", True)],
)  # fmt: skip
def test_an_abstract_of_more_than_six_lines_folds(as_ben: Client, abstract: str, folds: bool):
    paper = make.paper("Deep", abstract=abstract)
    assert ("Read full abstract" in as_ben.get(paper.get_absolute_url()).text) is folds


def test_links_say_where_they_lead(as_ben: Client):
    paper = make.paper("Deep")
    paper.links.create(url="https://www.example.org/deep.pdf", kind="pdf")
    page = " ".join(as_ben.get(paper.get_absolute_url()).text.split())
    assert '>PDF <span class="meta mono">example.org</span></a>' in page


def test_many_authors_fold_away(as_ben: Client) -> None:
    page = show(as_ben, make.paper(authors=[f"Author {n}" for n in range(40)]))
    assert "and 31 more" in page


def test_the_history_says_who_did_what(as_ben: Client, ben: Member) -> None:
    paper = make.paper()
    Event.objects.create(kind="claim-taken", at=make.NOW, by=ben, member=ben, paper=paper)
    address = f"/papers/{paper.pk}/history/"
    assert address in show(as_ben, paper)
    assert "claimed this paper" in as_ben.get(address).content.decode()
    part = as_ben.get(address, headers={"HX-Request": "true", "HX-Target": "history"})
    assert part.content.decode().lstrip().startswith("<ol")


def test_many_verdicts_are_one_line_of_the_history(as_ben: Client, ben: Member) -> None:
    paper = make.paper("Rigid bodies")
    for kind in ("verdict-given",) * 3 + ("paper-discussed",):
        Event.objects.create(kind=kind, at=make.NOW, by=ben, paper=paper)
    page = as_ben.get(f"/papers/{paper.pk}/history/").content.decode()
    assert "3 verdicts were given" in page
    assert "gave a verdict" not in page
    assert "This paper was discussed" in page


def test_members_reach_the_files_of_a_paper_from_its_page(
    as_ben: Client, stranger: Client, lab: Lab
) -> None:
    paper = make.paper("Rigid bodies")
    address = f"/papers/{paper.pk}/files/"
    assert address in show(as_ben, paper)
    lab.public_reading = True
    lab.save()
    assert address not in show(stranger, paper)


def test_the_history_tells_nothing_of_what_is_closed(
    as_ben: Client, ben: Member, cy: Member
) -> None:
    make.lab(independent_reviews=True)
    paper = make.paper()
    make.claim(paper, ben)
    hidden = make.experiment(paper=paper, review=make.review(paper, cy))
    Event.objects.create(
        kind="experiment-proposed", at=make.NOW, by=cy, paper=paper, experiment=hidden
    )
    page = as_ben.get(f"/papers/{paper.pk}/history/").content.decode()
    assert "proposed an experiment" not in page


@pytest.mark.parametrize("independent", [False, True])
def test_the_page_costs_the_same_with_2_and_50_of_everything(
    as_ben: Client, ben: Member, lab: Lab, django_assert_max_num_queries: Any, independent: bool
) -> None:
    make.lab(independent_reviews=independent, paper_slots=100)
    paper = make.paper("Rigid bodies", added_by=ben, abstract="$x$")
    make.claim(paper, ben)
    counts = []
    for number in (2, 48):
        for n in range(number):
            _add_one_of_everything(paper, number * 100 + n)
        with django_assert_max_num_queries(10) as queries:
            show(as_ben, paper)
        counts.append(len(queries))
    assert counts[0] == counts[1]


def _add_one_of_everything(paper: Paper, number: int) -> None:
    who, at = make.member(), make.NOW + timedelta(minutes=number)
    make.claim(paper, who, paper_slot=number, member_slot=1)
    review = make.review(paper, make.member(), takeaway="So.", verdict="try", depth="read")
    make.listing(paper, make.topic())
    make.experiment(paper=paper, review=review, owner=who)
    Comment.objects.create(paper=paper, author=who, body="Hm.", body_html="Hm.", created_at=at)
    Event.objects.create(kind="claim-taken", at=at, by=who, member=who, paper=paper)
    Identifier.objects.create(paper=paper, kind="url", value=f"https://a.example/{number}")
    Link.objects.create(paper=paper, url=f"https://a.example/{number}")
