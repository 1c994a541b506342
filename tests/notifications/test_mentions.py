"""Names in reviews and experiments, and another review of a paper that one reviewed."""

from __future__ import annotations

from papers.discussion.actions import add_comment, edit_comment
from papers.experiments.actions import (
    Idea,
    change_experiment,
    close_experiment,
    propose_experiments,
)
from papers.models import Experiment, Lab, Member, Paper, Review
from papers.reviews.actions.publishing import publish_review, restore_version
from papers.reviews.drafts.content import ReviewContent, Stamp
from tests import make
from tests.make import NOW
from tests.notifications.news import publish, tell


def write(paper: Paper, by: Member, number: int = 0, **texts: str) -> Review:
    content = ReviewContent(**{"summary": "It works.", **texts})
    return publish_review(paper=paper, by=by, at=NOW, content=content, stamp=Stamp(number))


def test_a_review_tells_whom_it_mentions_in_any_of_its_texts(ada: Member, ben: Member, cy: Member):
    write(make.paper(), ada, summary="As @Ben said.", questions="@cy, which seed? `@dan`")
    assert tell() == {("ben", "mention"): 1, ("cy", "mention"): 1}


def test_a_new_version_tells_only_whom_it_newly_mentions(ada: Member, ben: Member, cy: Member):
    paper = make.paper()
    write(paper, ada, critique="@ben, is it so?")
    review = write(paper, ada, 1, critique="@ben, is it so? And @cy?")
    assert tell() == {("ben", "mention"): 1, ("cy", "mention"): 1}
    write(paper, ada, 2, critique="No.")
    restore_version(revision=review.revisions.get(number=1), by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 2, ("cy", "mention"): 1}


def test_an_edited_comment_does_not_mention_anyone_again(ada: Member, ben: Member):
    comment = add_comment(subject=make.paper(), body="@ben?", by=ada, at=NOW)
    edit_comment(comment=comment, body="@ben, please?", number=1, by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 1}


def test_a_review_that_is_closed_to_someone_does_not_say_that_it_mentions_them(
    lab: Lab, ada: Member, ben: Member, cy: Member
):
    lab.independent_reviews = True
    lab.save()
    paper = make.paper()
    make.claim(paper, ben)
    write(paper, ada, critique="@ben and @cy should read section 3.")
    assert tell() == {("ben", "review"): 1, ("cy", "mention"): 1}


def test_an_experiment_tells_whom_its_plan_and_its_outcome_mention(
    ada: Member, ben: Member, cy: Member
):
    idea = Idea("Five seeds", plan="With @ben's code.")
    propose_experiments(ideas=[idea], by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 1}
    experiment = Experiment.objects.get()
    for _again in range(2):
        changed = Idea("Five seeds", plan="With @ben's code, on @cy's machine.")
        change_experiment(experiment=experiment, idea=changed, by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 1, ("cy", "mention"): 1}
    outcome = "It held, @cy."
    close_experiment(experiment=experiment, state="confirmed", outcome=outcome, by=ada, at=NOW)
    assert tell() == {("ben", "mention"): 1, ("cy", "mention"): 2}


def test_another_review_is_told_to_who_reviewed_or_claimed_the_paper(
    ada: Member, ben: Member, cy: Member
):
    paper, other = make.paper(), make.paper()
    make.review(paper, ben)
    make.claim(paper, cy)
    make.review(other, make.member("eve"))
    publish(paper, ada)
    assert tell() == {("ben", "review"): 1, ("cy", "review"): 1}
