"""One review outside the lab: as Markdown, and at a secret address of its author's choice."""

from __future__ import annotations

import re

import pytest
from django.test import Client

from papers.models import Member, Review
from tests import make
from tests.make import NOW


@pytest.fixture
def review(ada: Member, ben: Member) -> Review:
    paper = make.paper("Rigid bodies", authors=["Tom Goldstein", "Ann Lee"], year=2021)
    make.review(paper, ada, summary="Ada's words.", summary_html="<p>Ada's words.</p>")
    return make.review(
        paper, ben, takeaway="Rigid is fine.", summary="It *works*.", verdict="try",
        summary_html="<p>It <em>works</em>.</p>", critique="# No baseline",
        critique_html="<h1>No baseline</h1>",
    )  # fmt: skip


def share(ben: Member, review: Review) -> str:
    answer = make.browser(ben).post(f"/reviews/{review.pk}/sharing/", follow=True)
    found = re.search(r"http://testserver(/shared/[\w-]+/)", answer.content.decode())
    assert found
    assert f"The review can be read at http://testserver{found[1]}" in answer.content.decode()
    return found[1]


def test_a_review_is_a_markdown_file(ben: Member, review: Review) -> None:
    answer = make.browser(ben).get(f"/reviews/{review.pk}/markdown/")
    text = answer.content.decode()
    assert text.startswith(
        "# Rigid bodies\n\nTom Goldstein, Ann Lee. 2021\n\nReview by Ben Member, 2026"
    )
    assert "> Rigid is fine." in text
    assert "## Summary\n\nIt *works*." in text
    assert "## Critique\n\n**No baseline**" in text
    assert "rigid-bodies-ben.md" in answer["Content-Disposition"]


def test_a_shared_address_shows_one_review_and_nothing_else(
    ben: Member, review: Review, stranger: Client
) -> None:
    make.topic("Secret topic")
    text = stranger.get(share(ben, review)).content.decode()
    assert "<em>works</em>" in text
    assert "Rigid is fine." in text
    for other in ("Ada", "Secret topic", "/papers/", "/members/", "@ben"):
        assert other not in text.partition("<main")[2].partition("</main")[0], other
    assert "Secret topic" not in text


def test_a_confirmed_orcid_goes_with_the_review(
    ben: Member, review: Review, stranger: Client
) -> None:
    record = "https://orcid.org/0000-0002-1825-0097"
    shared = share(ben, review)
    assert "orcid.org" not in stranger.get(shared).text
    Member.objects.filter(pk=ben.pk).update(orcid=record.rpartition("/")[2])
    assert f'href="{record}"' in stranger.get(shared).text
    page = make.browser(ben)
    file = page.get(f"/reviews/{review.pk}/markdown/").text
    assert f"Review by Ben Member, {review.published_at:%Y-%m-%d}\n\n<{record}>\n" in file
    assert f"Ben Member\n{record}" in page.get(f"/reviews/{review.pk}/sharing/").text


def test_a_shared_address_ends_when_it_is_revoked(
    ben: Member, cy: Member, review: Review, stranger: Client
) -> None:
    first = share(ben, review)
    second = share(ben, review)
    assert stranger.get(first).status_code == 404
    assert stranger.get(second).status_code == 200
    page = make.browser(ben)
    assert make.browser(cy).post(f"/reviews/{review.pk}/sharing/end/").status_code == 404
    assert page.post(f"/reviews/{review.pk}/sharing/end/").status_code == 302
    assert stranger.get(second).status_code == 404
    third = share(ben, review)
    Review.objects.filter(pk=review.pk).update(deleted_at=NOW)
    assert stranger.get(third).status_code == 404


def test_only_the_author_shares(
    ada: Member, ben: Member, cy: Member, review: Review, stranger: Client
) -> None:
    for member in (ada, cy):
        page = make.browser(member)
        assert page.get(f"/reviews/{review.pk}/sharing/").status_code == 404
        assert page.post(f"/reviews/{review.pk}/sharing/").status_code == 404
    assert (
        f'href="/reviews/{review.pk}/sharing/"'
        in make.browser(ben).get(review.paper.get_absolute_url()).content.decode()
    )


def test_a_hidden_review_is_no_file(cy: Member, review: Review, stranger: Client) -> None:
    make.lab(independent_reviews=True)
    make.claim(review.paper, cy)
    assert make.browser(cy).get(f"/reviews/{review.pk}/markdown/").status_code == 404
    assert stranger.get(f"/reviews/{review.pk}/markdown/").status_code == 302
    assert stranger.get("/shared/guessed/").status_code == 404
