"""Discussions: who says what, what is new, and what nobody loses."""

from __future__ import annotations

from datetime import timedelta

import pytest

from papers.discussion import actions, queries
from papers.models import Comment, Event, Lab, Member, Paper, ReadMark
from tests import make

NOW = make.NOW


@pytest.fixture
def paper(lab: Lab) -> Paper:
    return make.paper("Attention is all you need")


def say(
    paper: Paper, by: Member, body: str = "Why?", minutes: int = 0, **fields: object
) -> Comment:
    at = NOW + timedelta(minutes=minutes)
    return actions.add_comment(subject=paper, body=body, by=by, at=at, **fields)  # type: ignore[arg-type]


def test_a_comment_is_rendered_and_told_once(paper: Paper, ben: Member) -> None:
    comment = say(paper, ben, "It *works*.")
    assert "<em>works</em>" in comment.body_html
    event = Event.objects.get()
    assert (event.kind, event.paper, event.comment) == ("comment-added", paper, comment)


def test_sending_the_same_words_twice_is_sending_once(paper: Paper, ben: Member) -> None:
    assert say(paper, ben) == say(paper, ben, minutes=1)
    assert Event.objects.count() == 1


def test_the_same_words_an_hour_later_are_a_new_comment(paper: Paper, ben: Member) -> None:
    say(paper, ben, "+1")
    say(paper, ben, "+1", minutes=60)
    assert Comment.objects.count() == 2


def test_an_answer_to_an_answer_joins_its_thread(paper: Paper, ben: Member, cy: Member) -> None:
    head = say(paper, ben)
    reply = say(paper, cy, "Because.", parent=head)
    deeper = say(paper, ben, "I see.", parent=reply)
    assert deeper.parent == head


def test_an_answer_names_whom_it_answers(paper: Paper, ben: Member, cy: Member) -> None:
    say(paper, cy, "Because.", parent=say(paper, ben))
    assert Event.objects.first().member == ben  # type: ignore[union-attr]


def test_mentioned_members_stand_in_the_event(paper: Paper, ben: Member, cy: Member) -> None:
    say(paper, ben, "What does @CY think, and @nobody? `@ada` is code.")
    assert Event.objects.get().data == {"mentions": [cy.pk]}


def test_editing_keeps_the_earlier_text(paper: Paper, ben: Member) -> None:
    comment = say(paper, ben, "Teh loss")
    edited = actions.edit_comment(comment=comment, body="The loss", number=1, by=ben, at=NOW)
    texts = [revision.body for revision in queries.list_revisions(edited)]
    assert texts == ["The loss", "Teh loss"]
    assert edited.number == 2


def test_saving_an_unchanged_comment_changes_nothing(paper: Paper, ben: Member) -> None:
    comment = say(paper, ben, "Same")
    actions.edit_comment(comment=comment, body="Same", number=1, by=ben, at=NOW)
    assert not comment.revisions.exists()
    assert Event.objects.count() == 1


def test_an_edit_that_started_from_an_older_text_is_refused(paper: Paper, ben: Member) -> None:
    comment = say(paper, ben, "One")
    actions.edit_comment(comment=comment, body="Two", number=1, by=ben, at=NOW)
    with pytest.raises(actions.StaleComment) as refused:
        actions.edit_comment(comment=comment, body="Three", number=1, by=ben, at=NOW)
    assert refused.value.comment.body == "Two"


def test_a_deleted_comment_leaves_its_place_without_its_text(
    lab: Lab, paper: Paper, ben: Member, cy: Member
) -> None:
    head = say(paper, ben, "Secret")
    say(paper, cy, "Answer", parent=head)
    actions.remove_comment(comment=head, by=ben, at=NOW)
    thread = queries.list_threads(paper, cy, lab).threads[0]
    assert (thread.is_deleted, thread.html, thread.may_restore) == (True, "", False)
    assert [reply.author.name for reply in thread.replies] == ["Cy Member"]


def test_deleting_and_restoring_twice_is_once(paper: Paper, ben: Member) -> None:
    comment = say(paper, ben)
    for _ in range(2):
        actions.remove_comment(comment=comment, by=ben, at=NOW)
    for _ in range(2):
        actions.restore_comment(comment=comment, by=ben, at=NOW)
    kinds = list(Event.objects.order_by("pk").values_list("kind", flat=True))
    assert kinds == ["comment-added", "comment-deleted", "comment-restored"]


def test_a_resolved_thread_is_set_apart_until_somebody_answers(
    lab: Lab, paper: Paper, ben: Member, cy: Member
) -> None:
    head = say(paper, ben)
    actions.resolve_thread(thread=head, by=cy, at=NOW)
    settled = queries.list_threads(paper, ben, lab)
    assert (len(settled.open), len(settled.resolved)) == (0, 1)
    say(paper, ben, "One more thing", parent=head)
    assert len(queries.list_threads(paper, ben, lab).open) == 1


def test_what_others_wrote_after_my_mark_is_new(
    lab: Lab, paper: Paper, ben: Member, cy: Member
) -> None:
    say(paper, ben, "Mine")
    say(paper, cy, "Theirs", minutes=5)
    before = queries.list_threads(paper, ben, lab)
    assert [thread.is_new for thread in before.threads] == [False, True]
    assert before.newest is not None
    actions.mark_read(subject=paper, by=ben, until=before.newest)
    assert queries.list_threads(paper, ben, lab).new_count == 0


def test_nothing_is_new_to_whoever_reads_a_discussion_for_the_first_time(
    lab: Lab, paper: Paper, ben: Member, cy: Member
) -> None:
    say(paper, ben)
    discussion = queries.list_threads(paper, cy, lab)
    assert (discussion.new_count, discussion.is_behind) == (0, True)


def test_a_mark_never_goes_back(paper: Paper, ben: Member) -> None:
    actions.mark_read(subject=paper, by=ben, until=NOW)
    actions.mark_read(subject=paper, by=ben, until=NOW - timedelta(days=1))
    assert ReadMark.objects.get().read_at == NOW


def test_comments_on_a_closed_review_are_closed_too(
    lab: Lab, paper: Paper, ben: Member, cy: Member
) -> None:
    lab = make.lab(independent_reviews=True)
    review = make.review(paper, ben)
    actions.add_comment(subject=review, body="Hm", by=ben, at=NOW)
    make.claim(paper, cy)
    assert not queries.list_threads(review, cy, lab).threads
    assert len(queries.list_threads(review, ben, lab).threads) == 1


def test_fifty_threads_cost_the_queries_of_two(
    lab: Lab, paper: Paper, ben: Member, django_assert_num_queries: object
) -> None:
    for number in range(50):
        say(paper, ben, f"Point {number}")
    with django_assert_num_queries(1):  # type: ignore[operator]
        assert queries.list_threads(paper, ben, lab).count == 50
