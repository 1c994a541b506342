"""The discussion's pages: with and without JavaScript, right and wrong input, who may not."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from papers.discussion import actions
from papers.models import Comment, Lab, Member, Paper, ReadMark
from tests import make

FRAGMENT = {"HX-Request": "true", "HX-Target": "threads"}


@pytest.fixture
def paper(lab: Lab) -> Paper:
    return make.paper("Attention is all you need")


@pytest.fixture
def comment(paper: Paper, ben: Member) -> Comment:
    return actions.add_comment(subject=paper, body="Why sines?", by=ben, at=make.NOW)


def test_a_stranger_is_sent_to_sign_in(stranger: Client, paper: Paper) -> None:
    assert stranger.get(f"/papers/{paper.pk}/comments/").status_code == 302


def test_posting_without_javascript_leads_back_to_the_comment(as_rea: Client, paper: Paper) -> None:
    answer = as_rea.post(f"/papers/{paper.pk}/comments/", {"body": "Nice"})
    posted = Comment.objects.get()
    assert answer.status_code == 302
    assert answer["Location"] == f"{paper.get_absolute_url()}#comment-{posted.pk}"


def test_posting_with_htmx_gives_the_threads_alone(as_ben: Client, paper: Paper) -> None:
    answer = as_ben.post(f"/papers/{paper.pk}/comments/", {"body": "Nice"}, headers=FRAGMENT)
    text = answer.content.decode()
    assert text.strip().startswith('<section class="section discussion" id="threads"')
    assert "Nice" in text
    assert "comments-changed" in answer["HX-Trigger"]


@pytest.mark.parametrize("body", ["", "  \n ", "x" * 65537])
def test_a_wrong_comment_is_refused_and_its_text_kept(
    as_ben: Client, paper: Paper, body: str
) -> None:
    answer = as_ben.post(f"/papers/{paper.pk}/comments/", {"body": body}, headers=FRAGMENT)
    assert answer.status_code == 422
    assert 'aria-invalid="true"' in answer.content.decode()
    assert body.strip() in answer.content.decode()
    assert not Comment.objects.exists()


def test_a_wrong_reply_opens_its_own_form_again(as_cy: Client, comment: Comment) -> None:
    answer = as_cy.post(f"/comments/{comment.pk}/replies/", {"body": " "})
    assert answer.status_code == 422
    assert f'id="reply-{comment.pk}-0" open' in answer.content.decode()


def test_a_reply_stands_under_its_thread(as_cy: Client, comment: Comment) -> None:
    as_cy.post(f"/comments/{comment.pk}/replies/", {"body": "Because."}, headers=FRAGMENT)
    assert comment.replies.get().body == "Because."


def test_nobody_edits_the_words_of_another(as_cy: Client, comment: Comment) -> None:
    assert as_cy.get(f"/comments/{comment.pk}/edit/").status_code == 404
    assert as_cy.post(f"/comments/{comment.pk}/edit/", {"body": "Ha"}).status_code == 404


def test_a_stale_edit_shows_both_texts(as_ben: Client, ben: Member, comment: Comment) -> None:
    actions.edit_comment(comment=comment, body="Why not?", number=1, by=ben, at=make.NOW)
    answer = as_ben.post(f"/comments/{comment.pk}/edit/", {"body": "Why so?", "number": 1})
    text = answer.content.decode()
    assert answer.status_code == 409
    assert "Why not?" in text
    assert "Why so?" in text
    comment.refresh_from_db()
    assert comment.body == "Why not?"


def test_an_edited_comment_shows_its_versions(as_cy: Client, ben: Member, comment: Comment) -> None:
    actions.edit_comment(comment=comment, body="Why cosines?", number=1, by=ben, at=make.NOW)
    text = as_cy.get(f"/comments/{comment.pk}/history/").content.decode()
    assert "Why cosines?" in text
    assert "Why sines?" in text


def test_a_deleted_text_is_on_no_page(as_ben: Client, as_cy: Client, comment: Comment) -> None:
    as_ben.post(f"/comments/{comment.pk}/removal/")
    for browser in (as_ben, as_cy):
        text = browser.get(f"/papers/{comment.paper_id}/comments/").content.decode()
        assert "Why sines?" not in text
    assert as_cy.get(f"/comments/{comment.pk}/history/").status_code == 404


def test_whoever_deleted_a_comment_can_bring_it_back(
    as_ben: Client, as_cy: Client, comment: Comment
) -> None:
    as_ben.post(f"/comments/{comment.pk}/removal/")
    assert as_cy.post(f"/comments/{comment.pk}/return/").status_code == 404
    as_ben.post(f"/comments/{comment.pk}/return/")
    comment.refresh_from_db()
    assert comment.deleted_at is None


def test_a_curator_removes_any_comment(as_ada: Client, as_cy: Client, comment: Comment) -> None:
    assert as_cy.post(f"/comments/{comment.pk}/removal/").status_code == 404
    assert as_ada.post(f"/comments/{comment.pk}/removal/").status_code == 302


def test_a_thread_is_resolved_and_opened_again(as_cy: Client, comment: Comment) -> None:
    as_cy.post(f"/comments/{comment.pk}/resolution/")
    comment.refresh_from_db()
    assert comment.resolved_at is not None
    as_cy.post(f"/comments/{comment.pk}/resolution/", {"open": "1"})
    comment.refresh_from_db()
    assert comment.resolved_at is None


def test_marking_read_stops_at_what_the_page_showed(
    as_cy: Client, cy: Member, comment: Comment
) -> None:
    url = f"/papers/{comment.paper_id}/comments/reading/"
    answer = as_cy.post(url, {"until": make.NOW.isoformat()}, headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert ReadMark.objects.get(member=cy).read_at == make.NOW


def test_the_page_names_a_time_that_the_mark_understands(
    as_cy: Client, cy: Member, comment: Comment
) -> None:
    at = make.NOW + timedelta(microseconds=123)
    Comment.objects.update(created_at=at)
    text = as_cy.get(f"/papers/{comment.paper_id}/comments/").content.decode()
    until = text.split('name="until" value="')[1].split('"')[0]
    as_cy.post(f"/papers/{comment.paper_id}/comments/reading/", {"until": until})
    assert ReadMark.objects.get(member=cy).read_at == at


def test_a_review_and_an_experiment_have_the_same_discussion(
    as_ben: Client, paper: Paper, ben: Member
) -> None:
    review, experiment = make.review(paper, ben), make.experiment(paper=paper)
    for subject in (f"/reviews/{review.pk}/", f"/experiments/{experiment.pk}/"):
        assert as_ben.get(f"{subject}comments/").status_code == 200
        answer = as_ben.post(f"{subject}comments/", {"body": "Hm"})
        assert answer["Location"].startswith(subject)


def test_a_review_names_its_comments_to_members_only(
    as_cy: Client, stranger: Client, ben: Member, paper: Paper
) -> None:
    make.lab(public_reading=True)
    review = make.review(paper, ben)
    actions.add_comment(subject=review, body="Hm", by=ben, at=make.NOW)
    assert "1 comment" in as_cy.get(paper.get_absolute_url()).content.decode()
    assert "comments/" not in stranger.get(paper.get_absolute_url()).content.decode()


def test_the_discussion_of_a_closed_review_does_not_exist(
    as_cy: Client, cy: Member, paper: Paper, ben: Member
) -> None:
    review = make.review(paper, ben)
    make.lab(independent_reviews=True)
    make.claim(paper, cy)
    assert as_cy.get(f"/reviews/{review.pk}/comments/").status_code == 404
